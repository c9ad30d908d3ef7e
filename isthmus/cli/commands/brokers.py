"""`isthmus brokers`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.commands.rank import card_options
from isthmus.cli.options import case_option, fold_options, open_graph, output_options, seed_option
from isthmus.graph.country_rules import COUNTRY_RULES


@click.command("brokers")
@case_option
@click.option("--role", type=click.Choice(["internal broker", "outside broker", "gatekeeper", "representative",
                                           "liaison", "joint member"]),
              help="Rank by this role. [default: all that join different countries]")  # fmt: skip
@click.option("--country-rule", type=click.Choice(COUNTRY_RULES),
              default="citizenship", show_default=True, help="What makes a country a person's.")  # fmt: skip
@card_options
@seed_option
@fold_options
@output_options
def command(form: str | None, out: Any, **options: Any) -> None:
    """Show who joins people of different countries, in which role, and how far that holds."""
    from isthmus.cli.output import emit
    from isthmus.queries.brokers import brokers

    _, graph = open_graph(options)
    emit(brokers(graph, **options), graph, form, out)
