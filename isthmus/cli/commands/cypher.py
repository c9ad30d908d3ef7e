"""`isthmus cypher`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.asking import asking_options
from isthmus.cli.options import case_option, fold_options, open_graph, output_options


@click.command()
@click.argument("text", metavar="QUERY")
@click.argument("parameters", nargs=-1, metavar="[NAME=VALUE]...")
@case_option
@asking_options
@fold_options
@output_options
def command(text: str, parameters: tuple[str, ...], form: str | None, out: Any, **options: Any) -> None:
    """Ask QUERY, in Cypher; it can only read. `$case` is bound. QUERY "-" is read from standard input.

    \b
    isthmus cypher 'MATCH (p:Person)-[:DIRECTED]->(e:Event) RETURN p.label, e.label'
    """
    import sys

    from isthmus.cli.asking import given
    from isthmus.cli.output import emit
    from isthmus.queries.cypher import cypher

    _, graph = open_graph(options)
    text = sys.stdin.read() if text == "-" else text
    emit(cypher(graph, text, parameters=given(parameters, read=True), **options), graph, form, out)
