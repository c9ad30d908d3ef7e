"""`isthmus cross-border`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from isthmus.cli.options import case_option, fold_options, open_graph, output_options, seed_option
from isthmus.graph.country_rules import COUNTRY_RULES

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Finding


@click.command("cross-border")
@case_option
@click.option("--kind", "kinds", multiple=True, metavar="KIND[,KIND]",
              help="Only pair, abroad, remote, span or cell; repeat for more.")  # fmt: skip
@click.option("--country-rule", type=click.Choice(COUNTRY_RULES),
              default="citizenship", show_default=True, help="What makes a country a person's.")  # fmt: skip
@click.option("--overlap", type=click.Choice(["disjoint", "partly", "successor"]), default="partly",
              show_default=True, help="Only pairs without a shared country; those that share some too; also those of a "
              "state that ended and one that may be its successor.")  # fmt: skip
@click.option("--between", multiple=True, metavar="COUNTRY[,COUNTRY]",
              help="Only links that touch all of these countries, by code or name; repeat for more.")  # fmt: skip
@click.option("--person", metavar="NAME", help="Only links of this person.")
@click.option("--chance", is_flag=True, help="Instead: ties across borders against chance, overall and by country.")
@click.option("--stratum", "strata", multiple=True, type=click.Choice(["role", "year", "none"]),
              help="With --chance: compare only within these; repeat for more. [default: role, year]")  # fmt: skip
@click.option("--permutations", type=click.IntRange(1), default=2000, show_default=True, help="With --chance.")
@click.option("--matrix", is_flag=True, help="Instead: ties by country and country, beside the sources on each.")
@seed_option
@fold_options
@output_options
def command(form: str | None, out: Any, **options: Any) -> None:
    """Show links across a border: pair, abroad, remote, span, cell."""
    from isthmus.cli.output import emit

    _, graph = open_graph(options)
    drawn = {name: options.pop(name) for name in ("strata", "permutations", "seed")}
    by_chance, by_country = options.pop("chance"), options.pop("matrix")
    if by_chance and by_country:
        raise click.UsageError("give --chance or --matrix, not both")
    if by_chance or by_country:
        emit(_whole(graph, options, drawn if by_chance else None), graph, form, out)
        return
    from isthmus.queries.cross_border import cross_border

    emit(cross_border(graph, **options), graph, form, out)


def _whole(graph: Graph, options: dict[str, Any], drawn: dict[str, Any] | None) -> Finding:
    """The whole network by country, or against chance; options that choose rows have no place there."""
    if options["kinds"] or options["between"] or options["person"]:
        raise click.UsageError("--kind, --between and --person choose rows; --chance and --matrix look at all ties")
    rule = options["country_rule"]
    if drawn is None:
        from isthmus.queries.country_matrix import country_matrix

        return country_matrix(graph, country_rule=rule)
    from isthmus.queries.chance import STRATA, chance

    strata = drawn.pop("strata") or STRATA
    return chance(graph, country_rule=rule, strata=[name for name in strata if name != "none"], **drawn)
