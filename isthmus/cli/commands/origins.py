"""`isthmus origins`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli import completing
from isthmus.cli.options import case_option, fold_options, open_graph, output_options


@click.command("origins")
@click.argument("name", required=False, shell_complete=completing.names)
@case_option
@click.option("--top", type=click.IntRange(0), default=30, show_default=True, help="Ties shown; 0 for all.")
@click.option("--alike", type=click.FloatRange(0, 1, min_open=True), default=0.7, show_default=True,
              help="Share of word shingles that makes two texts near-identical.")  # fmt: skip
@click.option("--hours", type=click.IntRange(0), default=72, show_default=True,
              help="How near to each other such texts must be published.")  # fmt: skip
@fold_options
@output_options
def command(form: str | None, out: Any, **options: Any) -> None:
    """Show on how many independent origins ties rest; of NAME alone, if given."""
    from isthmus.cli.output import emit
    from isthmus.queries.origins import origins

    _, graph = open_graph(options)
    emit(origins(graph, **options), graph, form, out)
