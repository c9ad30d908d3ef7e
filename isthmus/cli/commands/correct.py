"""`isthmus correct`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.hand import hand_options, new_option, open_case


@click.command()
@click.argument("claim")
@click.argument("value")
@hand_options
@new_option
@click.option("--valid", default=None, metavar="DATE", help="A new date too.")
def command(claim: str, value: str, **options: Any) -> None:
    """Put VALUE in the place of that of CLAIM (an id, or six of its first digits); the old claim is kept, taken back."""
    from isthmus.cli.printable import safe
    from isthmus.graph.acts import claims

    done = claims.correct(open_case(options).file, claim, value, **options)
    click.echo(safe(done.says))
    if done.id:
        click.echo(f"added claim {done.id}")
