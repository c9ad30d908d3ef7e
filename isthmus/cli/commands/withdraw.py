"""`isthmus withdraw`."""

from __future__ import annotations

import json
from typing import Any

import click

from isthmus.cli.hand import hand_options, open_case

_LISTED = 20


@click.command()
@click.argument("what", metavar="LOAD|SOURCE")
@hand_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, with all that rested on it alone.")
def command(what: str, *, as_json: bool, **options: Any) -> None:
    """Take a load (its number) or a source (its id) out of every graph; `undo` brings it back.

    A source takes with it those that derive from it alone. Loading it again brings it back too.
    """
    from isthmus.cli.printable import safe
    from isthmus.graph.acts.withdrawing import withdraw

    case = open_case(options).file
    done = withdraw(case, what, **options)
    if as_json:
        click.echo(json.dumps(done._asdict(), ensure_ascii=False, indent=2))
        return
    click.echo(safe(f"withdrew {done.says}"))
    back = f", and {done.restored:,} are current again" if done.restored else ""
    click.echo(
        f"{done.records:,} records are no longer current{back}; {len(done.alone):,} statements rested on them alone"
    )
    for line in done.alone[:_LISTED]:
        click.echo(safe(f"  {line}"))
    if len(done.alone) > _LISTED:
        click.echo(f"  and {len(done.alone) - _LISTED:,} more; --json lists all")
