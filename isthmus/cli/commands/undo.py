"""`isthmus undo`."""

from __future__ import annotations

import getpass
from typing import Any

import click

from isthmus.cli.options import case_option, open_case


@click.command()
@case_option
@click.option("--by", envvar="ISTHMUS_ANALYST", default=getpass.getuser, show_default="your login name",
              help="Whose last act is undone.")  # fmt: skip
@click.option("--why", default="undone", show_default=True, help="The reason.")
def command(**options: Any) -> None:
    """Take back your last claim, correction, retraction or judgement."""
    from isthmus.graph.disclosure.guard import redact
    from isthmus.graph.record import hand

    case = open_case(options)
    said = hand.undo(case.file, **options)
    click.echo(f"undone: {redact(said, case.graph())}")
