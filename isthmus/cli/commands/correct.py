"""`isthmus correct`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.hand import entity, hand_options, open_case


@click.command()
@click.argument("claim")
@click.argument("value")
@hand_options
@click.option("--valid", default=None, metavar="DATE", help="A new date too.")
def command(claim: str, value: str, **options: Any) -> None:
    """Put VALUE in the place of that of CLAIM (an id or its first digits); the old claim is kept and taken back."""
    from isthmus.graph.record import hand
    from isthmus.graph.schema import schema

    case = open_case(options)
    old = hand.claim_at(case.file, claim)
    target = entity(case, value) if schema().is_tie(old.property) else value
    click.echo(f"added claim {hand.correct(case.file, claim, target, **options)}, took back {claim}")
