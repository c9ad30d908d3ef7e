"""`isthmus knowable`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from isthmus.cli.options import case_option, fold_options, hindsight_option, open_graph, output_options, seed_option

if TYPE_CHECKING:
    from pathlib import Path

RULES = ("arresting", "territory", "each-side", "declared", "nationality")


@click.command()
@click.argument("date")
@case_option
@click.option("--toward", metavar="PERSON|EVENT|COUNTRY", help="Only people on or near this, seen or not.")
@click.option("--rule", type=click.Choice(RULES), default="arresting", show_default=True,
              help="Who is presumed to hold what no source declares.")  # fmt: skip
@click.option("--q", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="Chance of the rule each-side.")
@click.option("--within", type=click.IntRange(1), default=2, show_default=True, help="Steps of a chain.")
@click.option("--table", type=click.Choice(["people", "ladder", "facts"]), default="people", show_default=True,
              help="People; who held which fact when; what the holders held.")  # fmt: skip
@hindsight_option
@seed_option
@fold_options
@output_options
def command(date: str, form: str | None, out: Path | None, **options: Any) -> None:
    """What was knowable on DATE, to whom, and how many days before it mattered.

    \b
    isthmus knowable 2015-11-12 --holders FR
    isthmus knowable 2015-11-12 --holders FR --toward "Salah Abdeslam" --table ladder
    """
    from isthmus.cli.output import emit
    from isthmus.queries.knowable import knowable

    if options["known_by"] not in (None, date):
        raise click.UsageError(f"DATE is what --known-by says, and they differ: {date} and {options['known_by']}")
    options["known_by"] = date
    _, graph = open_graph(options)
    emit(knowable(graph, date, **options), graph, form, out)
