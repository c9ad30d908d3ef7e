"""`isthmus gap`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from isthmus.cli.options import case_option, open_case, output_options, seed_option, tlp_option

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
@click.option("--min-grade", metavar="GRADE", help="Only claims graded at least so, such as C3.")
@click.option("--known-by", metavar="DATE", help="Seen from this day: what was held by then.")
@click.option("--published-by", metavar="DATE", help="What an outsider could read then.")
@click.option("--recorded-by", metavar="DATE", help="What this case said then.")
@tlp_option
@seed_option
@output_options
def command(form: str | None, out: Path | None, **options: Any) -> None:
    """What no single country could see, and which exchange would have shown what to whom.

    \b
    isthmus gap --known-by 2015-11-12
    isthmus gap --known-by 2015-11-12 --toward "Salah Abdeslam" --needer FR
    isthmus gap --known-by 2015-11-12 --among BE,FR,DE,TR --exchanges 3
    """
    from isthmus.cli.output import emit
    from isthmus.queries.gap import gap_of
    from isthmus.queries.sharing.setting import graph_at

    clocks = {name: options.pop(name) for name in ("published_by", "recorded_by", "min_grade", "tlp")}
    graph = graph_at(open_case(options).file, options["known_by"], **clocks)
    finding = gap_of(graph, **options)
    if form is None and out is None:
        declared = {key: text for key, text in finding.parameters.items() if key.startswith("declared")}
        click.echo("\n".join(f"{key}: {text}" for key, text in declared.items()) + "\n")
    emit(finding, graph, form, out)
