"""`isthmus find`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli import completing
from isthmus.cli.options import case_option, open_case, output_options


@click.command()
@click.argument("text", shell_complete=completing.names)
@case_option
@click.option("--kind", metavar="KIND", help="Only entities of this kind, such as Person.")
@click.option("--limit", default=50, show_default=True, help="Most rows shown.")
@output_options
def command(text: str, form: str | None, out: Any, **options: Any) -> None:
    """Search for TEXT in names and aliases, in any spelling."""
    from isthmus.cli.output import emit
    from isthmus.queries.find import find

    graph = open_case(options).graph()
    emit(find(graph, text, **options), graph, form, out)
