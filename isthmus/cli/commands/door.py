"""`isthmus door`."""

from __future__ import annotations

import json
from typing import Any

import click

from isthmus.cli.hand import hand_options
from isthmus.cli.options import case_option, open_case


@click.group(invoke_without_command=True)
@case_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with everything.")
@click.pass_context
def command(context: click.Context, /, *, as_json: bool, **options: Any) -> None:
    """List whose names were kept out or held back: by handle, why, and at which place of which file."""
    from isthmus.cli.printable import safe
    from isthmus.graph.record import book, door, erasing

    if context.invoked_subcommand is not None:
        return
    file = open_case(options).file
    if erasing.owes(file):
        wiped = erasing.wipe(file)
        click.echo("traces of what was taken out are wiped" if wiped else "another program has the case open; close it")
    entries, undated = book.entries(file), door.undated(file)
    if as_json:
        told = [entry._asdict() for entry in entries]
        click.echo(json.dumps({"door": told, "age_not_known": undated}, ensure_ascii=False, indent=2))
        return
    for entry in entries:
        click.echo(safe(entry.says()))
    click.echo(f"{len(entries):,} at the door; age not known: {undated:,}")


@command.command()
@click.argument("handle", metavar="HANDLE")
@hand_options
def admit(handle: str, **options: Any) -> None:
    """Let in who is held back under HANDLE: the next load of the same rows takes them with the name."""
    from isthmus.cli.printable import safe
    from isthmus.graph.acts.deciding import admit as let_in

    click.echo(safe(let_in(open_case(options).file, handle, **options).says))
