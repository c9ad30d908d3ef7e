"""`isthmus gap`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from isthmus.cli.options import case_option, fold_options, hindsight_option, open_graph, output_options, seed_option

if TYPE_CHECKING:
    from pathlib import Path

RULES = ("arresting", "territory", "each-side", "declared", "nationality")
TABLES = ("exchanges", "statements", "parts", "credit", "interaction", "matrix", "rules", "coverage")


@click.command()
@case_option
@click.option("--rule", type=click.Choice(RULES), default="arresting", show_default=True,
              help="Who is presumed to hold what no source declares.")  # fmt: skip
@click.option("--q", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="Chance of the rule each-side.")
@click.option("--value", default="concern,presence", show_default=True, metavar="VALUE[,VALUE]",
              help="What is worth knowing: concern, presence, threat, pairs.")  # fmt: skip
@click.option("--need", type=click.Choice(["interest", "all"]), default="interest", show_default=True,
              help="Whose knowledge counts: of whom a country would want to know, or of everyone.")  # fmt: skip
@click.option("--within", type=click.IntRange(1), default=2, show_default=True, help="Steps of a chain.")
@click.option("--toward", metavar="PERSON|EVENT|COUNTRY", help="Whom to ask about this.")
@click.option("--needer", metavar="COUNTRY", help="With --toward: the country that asks.")
@click.option("--among", metavar="COUNTRY[,COUNTRY]", help="Only these parties.")
@click.option("--exchanges", type=click.IntRange(0), default=0, metavar="K", help="The K exchanges that add most.")
@click.option("--table", type=click.Choice(TABLES), default="exchanges", show_default=True, help="What to list.")
@hindsight_option
@seed_option
@fold_options
@output_options
def command(form: str | None, out: Path | None, **options: Any) -> None:
    """What no single country could see, and which exchange would have shown what to whom.

    \b
    isthmus gap --known-by 2015-11-12
    isthmus gap --known-by 2015-11-12 --toward "Salah Abdeslam" --needer FR
    isthmus gap --known-by 2015-11-12 --among BE,FR,DE,TR --exchanges 3
    """
    from isthmus.cli.output import emit
    from isthmus.queries.gap import gap

    _, graph = open_graph(options)
    finding = gap(graph, **options)
    declared = [f"{key}: {text}" for key, text in finding.parameters.items() if key.startswith("declared")]
    emit(finding, graph, form, out, lead=(*declared, ""))
