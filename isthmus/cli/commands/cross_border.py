"""`isthmus cross-border`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.options import case_option, fold_options, open_graph, output_options


@click.command("cross-border")
@case_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(["pair", "abroad", "remote", "span", "cell"]),
              help="Only this kind of link; repeat for more.")  # fmt: skip
@click.option("--country-rule", type=click.Choice(["citizenship", "residence", "either", "activity"]),
              default="citizenship", show_default=True, help="What makes a country a person's.")  # fmt: skip
@click.option("--overlap", type=click.Choice(["disjoint", "partly"]), default="partly", show_default=True,
              help="Only pairs without a shared country, or those that share some too.")  # fmt: skip
@click.option("--between", multiple=True, metavar="CODE", help="Only links that touch this country; repeat for more.")
@click.option("--person", metavar="NAME", help="Only links of this person.")
@fold_options
@output_options
def command(form: str | None, out: Any, **options: Any) -> None:
    """Show links across a border: pair, abroad, remote, span, cell."""
    from isthmus.cli.output import emit
    from isthmus.queries.cross_border import cross_border

    _, graph = open_graph(options)
    options["kinds"] = options["kinds"] or None
    emit(cross_border(graph, **options), graph, form, out)
