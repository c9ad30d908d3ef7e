"""`isthmus layers`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.options import case_option, fold_options, open_graph, output_options


@click.command()
@case_option
@click.option("--detail", is_flag=True, help="One row a verdict, with the rule that gave it and its source.")
@fold_options
@output_options
def command(form: str | None, out: Any, **options: Any) -> None:
    """Place events, threat levels and estimates on the six layers of the ISW map."""
    from isthmus.cli.output import emit
    from isthmus.queries.layers import layers

    _, graph = open_graph(options)
    emit(layers(graph, **options), graph, form, out)
