"""`isthmus find`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli import completing
from isthmus.cli.options import case_option, fold_options, open_graph, output_options


@click.command()
@click.argument("text", shell_complete=completing.names)
@case_option
@click.option("--kind", metavar="KIND", help="Only entities of this kind, such as Person.")
@click.option("--limit", default=50, show_default=True, help="Most rows shown.")
@fold_options
@output_options
def command(text: str, form: str | None, out: Any, **options: Any) -> None:
    """Search for TEXT in names and aliases, in any spelling."""
    from isthmus.cli.output import emit
    from isthmus.queries.find import find

    _, graph = open_graph(options)
    emit(find(graph, text, **options), graph, form, out)
