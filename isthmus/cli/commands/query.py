"""`isthmus query`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.asking import asking_options
from isthmus.cli.options import case_option, fold_options, open_graph, output_options


@click.command()
@click.argument("name")
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@case_option
@click.option("--explain", is_flag=True, help="Print the query's text, its parameters and the engine's plan instead.")
@asking_options
@fold_options
@output_options
def command(name: str, parameters: tuple[str, ...], explain: bool, form: str | None, out: Any, **options: Any) -> None:
    """Ask the named query NAME; `isthmus queries` lists them.

    \b
    isthmus query coordinators
    isthmus query ego person="Abdelhamid Abaaoud" depth=2
    """
    from isthmus.cli.asking import given
    from isthmus.cli.output import emit
    from isthmus.queries.query import query

    _, graph = open_graph(options)
    if explain:
        click.echo(_explained(graph, name, given(parameters), options["on"]))
        return
    emit(query(graph, name, **given(parameters), **options), graph, form, out)


def _explained(graph: Any, name: str, parameters: dict[str, Any], on: str | None) -> str:
    from isthmus.cli.printable import safe
    from isthmus.graph.cypher.library import named
    from isthmus.queries.cypher.asking import explain
    from isthmus.queries.cypher.twins import OVER_ARRAYS, twin_for
    from isthmus.queries.query import bind

    text = named(name).text
    bound = bind(graph, name, parameters)
    plan = explain(graph, text, bound, on=on)
    values = "\n".join(f"  {key} = {value!r}" for key, value in bound.items()) or "  none"
    instead = f"\n\nAnswered by {OVER_ARRAYS}." if twin_for(graph, named(name).name, on=on) else ""
    return safe(f"{text.rstrip()}\n\nParameters:\n{values}\n\nPlan:\n{plan.rstrip()}{instead}")
