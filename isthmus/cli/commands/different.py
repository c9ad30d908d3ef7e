"""`isthmus different`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.hand import entity, hand_options, open_case


@click.command()
@click.argument("left")
@click.argument("right")
@hand_options
@click.option("--known-from", default="", metavar="DATE", help="From when it was known; always, if not given.")
def command(left: str, right: str, **options: Any) -> None:
    """Judge that LEFT and RIGHT are different entities; `undo` takes it back."""
    from isthmus.graph import hand

    case = open_case(options)
    hand.judge(case, entity(case, left), entity(case, right), "different", **options)
    click.echo("judged different")
