"""`isthmus info`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.options import case_option, fold_options, open_graph, output_options


@click.command()
@case_option
@click.option("--sources", is_flag=True, help="One row a source, and what must be cited.")
@fold_options
@output_options
def command(form: str | None, out: Any, *, sources: bool, **options: Any) -> None:
    """Say what is in the case."""
    from isthmus.cli.output import emit
    from isthmus.queries.info import info

    _, graph = open_graph(options)
    emit(info(graph, sources=sources), graph, form, out)
