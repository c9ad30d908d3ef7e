"""`isthmus pull`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from isthmus.cli.options import case_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("url")
@case_option
@click.option("--from", "name", metavar="CASE", help="Title or id of the case, where the server holds several.")
def command(url: str, case_path: Path, name: str | None) -> None:
    """Make the case file anew from the Neo4j server at URL. The file must not exist yet.

    The login is read from NEO4J_USERNAME and NEO4J_PASSWORD.
    """
    from isthmus.cli.printable import safe
    from isthmus.graph.cypher.pull import pull
    from isthmus.graph.record import book
    from isthmus.graph.record.file import CaseFile

    counts = pull(url, case_path, name)
    click.echo(f"pulled {', '.join(f'{count:,} {table}' for table, count in counts.items() if count)} into {case_path}")
    with CaseFile.open(case_path) as file:
        for entry in book.entries(file):
            click.echo(safe(entry.says()))
