"""Options of the commands by which an analyst writes into a case."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Any

import click

from isthmus.cli.options import case_option, open_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from isthmus.case import Case


def hand_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--case`, `--by` and `--why`: whose hand, and the reason, without which nothing is written."""
    for option in (
        click.option("--why", required=True, metavar="TEXT", help="The reason, kept with the act."),
        click.option("--by", envvar="ISTHMUS_ANALYST", default=getpass.getuser, show_default="your login name",
                     help="Whose act it is."),
        case_option,
    ):  # fmt: skip
        command = option(command)
    return command


def entity(case: Case, name: str) -> str:
    """The id of the entity so named; a name that nothing bears yet is taken as a new id."""
    from isthmus.graph.errors import NoSuchEntity

    graph = case.graph()
    if name in graph.same:
        return name  # merged into another by a judgement, and still an id of its own
    try:
        return str(graph.ids[graph.index(name)])
    except NoSuchEntity:
        return name


def judging(verdict: str, says: str) -> click.Command:
    """The command that judges two entities by `verdict`; `says` is the first sentence of its help."""

    @click.command(verdict, help=f"{says}; `undo` takes it back.")
    @click.argument("left")
    @click.argument("right")
    @hand_options
    @click.option("--known-from", default="", metavar="DATE", help="From when it was known; always, if not given.")
    def command(left: str, right: str, **options: Any) -> None:
        from isthmus.graph.record import hand

        case = open_case(options)
        hand.judge(case.file, entity(case, left), entity(case, right), verdict, **options)
        click.echo(f"judged {verdict}")

    return command


__all__ = ["entity", "hand_options", "judging", "open_case"]
