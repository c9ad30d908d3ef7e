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
    """Take back your last claim, correction, retraction, judgement or withdrawal."""
    from isthmus.cli.printable import safe
    from isthmus.graph.acts.taking_back import undo

    click.echo(safe(f"undone: {undo(open_case(options).file, **options).says}"))
