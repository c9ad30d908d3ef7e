"""`isthmus path`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from isthmus.cli import completing
from isthmus.cli.asking import measuring_option
from isthmus.cli.options import case_option, fold_options, open_graph, output_options, seed_option
from isthmus.graph.country_rules import COUNTRY_RULES

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Finding
    from isthmus.queries.sharing.rules import Rule


@click.command("path")
@click.argument("source", metavar="A", shell_complete=completing.names)
@click.argument("target", metavar="B", shell_complete=completing.names)
@case_option
@click.option("--by", type=click.Choice(["shortest", "evidence", "widest", "time"]), default="shortest",
              show_default=True, help="Fewest ties, best evidence, strongest weakest tie, or time order.")  # fmt: skip
@click.option("-k", "k", type=click.IntRange(1), default=10, show_default=True, help="At most this many paths.")
@click.option(
    "--avoid",
    multiple=True,
    metavar="NAME|COUNTRY",
    shell_complete=completing.names,
    help="Not through this person, cell or event, nor through people of this country; repeat for more.",
)
@click.option("--country-rule", type=click.Choice(COUNTRY_RULES),
              default="citizenship", show_default=True, help="With --avoid: what makes a country a person's.")  # fmt: skip
@click.option("--avoid-source", "avoid_sources", multiple=True, metavar="ID",
              help="Without this source and what derives from it alone.")  # fmt: skip
@click.option("--avoid-tie", "avoid_ties", multiple=True, metavar="TIE[,TIE]", help="Without ties of this kind.")
@click.option("--through", multiple=True, metavar="KIND[,KIND]",
              help="Only through entities of this kind; repeat for more. [default: Person, Cell, Event, Object]")  # fmt: skip
@click.option("--half-width", type=click.FloatRange(0.001, 0.5), default=None,
              help="Precision of the chance that the two are connected. [default: 0.02; 0.05 in a large network]")  # fmt: skip
@click.option("--who-could-see", "who", is_flag=True,
              help="Of the first path: the smallest coalitions of countries that could see it, hop by hop.")  # fmt: skip
@click.option("--rule", type=click.Choice(["arresting", "territory", "each-side", "declared", "nationality"]),
              default="arresting", show_default=True, help="With --who-could-see: who is presumed to hold what.")  # fmt: skip
@measuring_option
@seed_option
@fold_options
@output_options
def command(form: str | None, out: Any, **options: Any) -> None:
    """Show how A and B are joined, hop by hop, and how sure that is."""
    from isthmus.cli.output import emit
    from isthmus.queries.path import path

    _, graph = open_graph(options)
    if not options["through"]:
        del options["through"]
    who, rule = options.pop("who"), options.pop("rule")
    finding = path(graph, **options)
    if who:
        finding = seen_by(graph, finding, rule)
    emit(finding, graph, form, out)


def seen_by(graph: Graph, finding: Finding, rule: Rule) -> Finding:
    """Who could see the first path that was found."""
    from isthmus.graph.errors import BadQuestion
    from isthmus.queries.sharing.coalition import hops_of, who_could_see

    if not len(finding):
        raise BadQuestion("there is no path between the two, so nobody could see one; try --through or fewer filters")
    known_by = graph.arguments.get("known_by")
    return who_could_see(graph, hops_of(graph, finding), rule=rule, known_by=known_by)
