"""`isthmus mark`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.hand import hand_options, open_case


@click.command()
@click.argument("what", metavar="RECORD|SOURCE")
@click.argument("tlp", metavar="TLP")
@hand_options
def command(what: str, tlp: str, **options: Any) -> None:
    """Mark a record (its id, or a claim's) or a whole source as CLEAR, GREEN, AMBER, AMBER+STRICT or RED; `undo` takes it back."""
    from isthmus.cli.printable import safe
    from isthmus.graph.acts.marking import mark

    click.echo(safe(mark(open_case(options).file, what, tlp, **options).says))
