"""`isthmus retract`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.hand import hand_options, open_case


@click.command()
@click.argument("claim")
@hand_options
def command(claim: str, **options: Any) -> None:
    """Take CLAIM (an id or its first digits) out of every graph from now on; `undo` brings it back."""
    from isthmus.graph.record import hand

    case = open_case(options)
    hand.retract(case.file, claim, **options)
    click.echo(f"took back claim {claim}")
