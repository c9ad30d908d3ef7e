"""`isthmus queries`."""

from __future__ import annotations

import json
import textwrap

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects, one a query.")
def command(as_json: bool) -> None:
    """List the named queries of the Cypher library, with their parameters and columns."""
    from isthmus.graph.cypher.library import library
    from isthmus.queries.cypher.twins import LARGE, TWINS

    described = [{**query.described(), "twin": query.name in TWINS} for query in library().values()]
    if as_json:
        click.echo(json.dumps(described, ensure_ascii=False, indent=2))
        return
    for query in described:
        click.echo(query["name"])
        click.echo(textwrap.fill(query["question"], 80, initial_indent="  ", subsequent_indent="  "))
        for parameter in query["parameters"]:
            default = "" if parameter["required"] else f" [{json.dumps(parameter['default'])}]"
            click.echo(f"    {parameter['name']} ({parameter['type']}){default}: {parameter['says']}")
        click.echo(textwrap.fill(", ".join(query["columns"]), 80, initial_indent="    → ", subsequent_indent="      "))
        if query["twin"]:
            click.echo(f"    answered over arrays where a case has {LARGE:,} ties or more and no server is asked")
