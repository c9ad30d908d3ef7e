"""`isthmus show`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli import completing
from isthmus.cli.options import case_option, fold_options, open_graph, output_options


@click.command()
@click.argument("name", shell_complete=completing.names)
@case_option
@fold_options
@output_options
def command(name: str, form: str | None, out: Any, **options: Any) -> None:
    """Show the dossier of NAME: a person, cell or event, by id or any spelling."""
    from isthmus.cli.output import emit
    from isthmus.queries.show import show

    _, graph = open_graph(options)
    emit(show(graph, name), graph, form, out)
