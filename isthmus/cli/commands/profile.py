"""`isthmus profile`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.asking import measuring_option
from isthmus.cli.options import case_option, fold_options, open_graph, output_options, seed_option


@click.command("profile")
@case_option
@click.option(
    "--kinds", metavar="KIND[,KIND]", help="Which entities are the nodes; people, tied as a projection, if not given."
)
@click.option(
    "--basis", "bases", multiple=True, metavar="BASIS", help="Only people's ties on this basis; repeat for more."
)
@measuring_option
@seed_option
@fold_options
@output_options
def command(form: str | None, out: Any, **options: Any) -> None:
    """Measure the network as a whole: size, components, density, distances."""
    from isthmus.cli.output import emit
    from isthmus.queries.profile import profile

    _, graph = open_graph(options)
    emit(profile(graph, **options), graph, form, out)
