"""`isthmus basis`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.hand import by_option, open_case
from isthmus.cli.options import case_option


@click.command()
@click.argument("what", metavar="PERSON|SOURCE")
@click.argument("why", metavar="REASON")
@by_option
@case_option
def command(what: str, why: str, by: str, **options: Any) -> None:
    """Let a person be named in what leaves the case, or whoever has a status by a source; REASON is kept, `undo` takes it back."""
    from isthmus.cli.printable import safe
    from isthmus.graph.acts.basing import basis

    click.echo(safe(basis(open_case(options).file, what, why, by=by).says))
