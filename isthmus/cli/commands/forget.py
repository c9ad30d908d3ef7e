"""`isthmus forget`."""

from __future__ import annotations

import getpass
from typing import Any

import click

from isthmus.cli.options import case_option, open_case


@click.command()
@click.argument("name", metavar="NAME")
@case_option
@click.option(
    "--because", required=True, metavar="TEXT", help="The reason; it stays in the case, and the log has none of it."
)
@click.option("--by", envvar="ISTHMUS_ANALYST", default=getpass.getuser, show_default="your login name",
              help="Who takes them out.")  # fmt: skip
def command(name: str, **options: Any) -> None:
    """Take a person out for good, with every trace: nothing brings the name back, not a later load either."""
    from isthmus.cli.printable import safe
    from isthmus.graph.acts.deciding import forget

    click.echo(safe(forget(open_case(options).file, name, **options).says))
