"""Options of the commands by which an analyst writes into a case."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Any

import click

from isthmus.cli import completing
from isthmus.cli.options import case_option, open_case

if TYPE_CHECKING:
    from collections.abc import Callable

new_option = click.option("--new", is_flag=True, help="An id that the case does not have is meant.")


by_option = click.option("--by", envvar="ISTHMUS_ANALYST", default=getpass.getuser, show_default="your login name",
                         help="Whose act it is.")  # fmt: skip


def hand_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--case`, `--by` and `--why`: whose hand, and the reason, without which nothing is written."""
    for option in (
        click.option("--why", required=True, metavar="TEXT", help="The reason, kept with the act."),
        by_option,
        case_option,
    ):  # fmt: skip
        command = option(command)
    return command


def judging(verdict: str, says: str) -> click.Command:
    """The command that judges two entities by `verdict`; `says` is the first sentence of its help."""

    @click.command(verdict, help=f"{says}; `undo` takes it back.")
    @click.argument("left", shell_complete=completing.names)
    @click.argument("right", shell_complete=completing.names)
    @hand_options
    @new_option
    @click.option("--known-from", default="", metavar="DATE", help="From when it was known; always, if not given.")
    def command(left: str, right: str, **options: Any) -> None:
        from isthmus.cli.printable import safe
        from isthmus.graph.acts import judging

        done = getattr(judging, verdict)(open_case(options).file, left, right, **options)
        for line in done.says.splitlines():
            click.echo(safe(line))

    return command


__all__ = ["by_option", "hand_options", "judging", "new_option", "open_case"]
