"""`isthmus rank`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.asking import measuring_option
from isthmus.cli.options import case_option, fold_options, open_graph, output_options, seed_option


def shares(_context: click.Context, _option: click.Parameter, text: str | None) -> tuple[float, ...] | None:
    """Percentages joined by commas, as shares."""
    try:
        return tuple(float(part) / 100 for part in text.split(",")) if text else None
    except ValueError as error:
        raise click.BadParameter(f"{text!r}: give percentages such as 5,10,20") from error


def card_options(command: Any) -> Any:
    """What a robustness card is drawn with."""
    for option in (
        click.option("--draws", type=click.IntRange(1), help="Draws a setting. [default: 300, fewer if slow]"),
        click.option("--levels", callback=shares, metavar="PERCENT[,PERCENT]",
                     help="Levels of error. [default: 5,10,20,30,50, or 10 if slow]"),
        click.option("-k", "k", type=click.IntRange(1), default=10, show_default=True,
                     help="The card compares the first K."),
        click.option("--bases", metavar="BASIS[,BASIS]",
                     help="What makes a tie between two people. [default: every basis]"),
        click.option("--top", type=click.IntRange(0), default=20, show_default=True, help="Places shown; 0 for all."),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command("rank")
@click.argument("measure_name", metavar="MEASURE")
@case_option
@card_options
@click.option("--unweighted", is_flag=True, help="Leave out the weights that sources state.")
@click.option("--over-bases", is_flag=True, help="Rank again under every combination of bases.")
@measuring_option
@seed_option
@fold_options
@output_options
def command(form: str | None, out: Any, **options: Any) -> None:
    """Rank people or ties by MEASURE, and show how far the ranking holds.

    MEASURE is degree, strength, betweenness, tie-betweenness, closeness, eigenvector, pagerank, k-core, clustering,
    constraint, effective-size, cut-points, bridges or components. Strength, pagerank, constraint, eigenvector and
    the betweennesses read the weights that sources state on ties.
    """
    from isthmus.cli.output import emit
    from isthmus.queries.rank import rank

    _, graph = open_graph(options)
    emit(rank(graph, **options), graph, form, out)
