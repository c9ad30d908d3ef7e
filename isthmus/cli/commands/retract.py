"""`isthmus retract`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.hand import hand_options, open_case


@click.command()
@click.argument("claim")
@hand_options
def command(claim: str, **options: Any) -> None:
    """Take CLAIM (an id, or six of its first digits) out of every graph from now on; `undo` brings it back."""
    from isthmus.cli.printable import safe
    from isthmus.graph.acts import claims

    click.echo(safe(f"took back {claims.retract(open_case(options).file, claim, **options).says}"))
