"""Options that several commands share, each declared once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from isthmus.case import Case
    from isthmus.graph.graph import Graph

    Command = Callable[..., Any]


WRITES = "it writes into the case, which has all that any lens shows"
WITHOUT_LENS = {
    "add": WRITES, "correct": WRITES, "retract": WRITES, "same": WRITES, "different": WRITES, "mark": WRITES,
    "undo": WRITES, "withdraw": WRITES, "load": WRITES, "pull": WRITES, "basis": WRITES,
    "forget": WRITES,
    "demo": "it shows the shipped case as it is, and says with each question what was asked",
    "door": "it says who was held back when the case was written, whatever anyone looks through",
    "log": "it says what was done with the case, and names no one in it",
    "queries": "it lists questions, and looks at no case",
    "release": "who gets it looks through a lens of their own; --tlp says what they may have",
    "sources": "it lists what can be loaded, and looks at no case",
}  # fmt: skip
"""Commands that take no part of a lens, and why; every other takes them all."""


def case_option(command: Command) -> Command:
    """`--case PATH`, passed on as `case_path`."""
    return click.option(
        "--case", "case_path", type=click.Path(path_type=Path, dir_okay=False), envvar="ISTHMUS_CASE",
        default=Path("isthmus.case"), show_default=True, callback=_either_place, help="The case file.",
    )(command)  # fmt: skip


def fold_options(command: Command) -> Command:
    """The four clocks, the least grade, the kinds of tie and the marking."""
    for option in (
        tlp_option,
        click.option("--ties", "ties", metavar="KIND[,KIND]", help="Only these kinds of tie."),
        click.option("--min-grade", metavar="GRADE", help="Only claims graded at least so, such as C3."),
        click.option("--recorded-by", metavar="DATE", help="What this case said then."),
        click.option("--published-by", metavar="DATE", help="What an outsider could read then."),
        click.option(
            "--holders", metavar="COUNTRY[,COUNTRY]", help="With --known-by: these countries, by code or name."
        ),
        click.option("--known-by", metavar="DATE", help="What was held by then, whenever it became public."),
        click.option("--valid", metavar="DATE", help="What was so then, certainly or possibly."),
    ):
        command = option(command)
    return command


def tlp_option(command: Command) -> Command:
    """`--tlp`."""
    return click.option("--tlp", metavar="MARKING", help="Only records marked at most so, such as GREEN.")(command)


def hindsight_option(command: Command) -> Command:
    """`--hindsight`."""
    return click.option(
        "--hindsight", is_flag=True,
        help="Rows of the record as it is now, which nobody may have known then; each column's name says so.",
    )(command)  # fmt: skip


def output_options(command: Command) -> Command:
    """`--json`, `--csv`, `--out`."""
    for option in (
        click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file."),
        click.option("--csv", "form", flag_value="csv", help="Print rows as CSV."),
        click.option("--json", "form", flag_value="json", help="Print one JSON object with everything."),
    ):
        command = option(command)
    return command


def desk_option(command: Command) -> Command:
    """`--desk`."""
    return click.option("--desk", is_flag=True, help="With all names: a desk copy, which says so and is logged.")(
        command
    )


def seed_option(command: Command) -> Command:
    """`--seed N`: the same seed gives the same answer."""
    return click.option("--seed", type=int, default=1, show_default=True, help="Seed of everything random.")(command)


def open_case(options: dict[str, Any]) -> Case:
    """The case of `--case`, taken out of the command's options; closed when the command ends."""
    from isthmus.case import Case

    return click.get_current_context().with_resource(Case.open(options.pop("case_path")))


def open_through(options: dict[str, Any]) -> Case:
    """The case, looked at through the lens that the command's options give; they are taken out."""
    from isthmus.graph.lens import Lens

    case = open_case(options)
    return case.through(**{name: options.pop(name, None) for name in Lens.PARTS})


def open_graph(options: dict[str, Any]) -> tuple[Case, Graph]:
    """The case through that lens, and its graph."""
    case = open_through(options)
    if sys.stderr.isatty():
        _say_what_takes_long(case)
    return case, case.graph


def _say_what_takes_long(case: Case) -> None:
    from isthmus.graph.fold.whole import waits

    if waits(case.file, case.lens):
        click.echo("folding the claims of this case; the next such question finds that done", err=True)


def _either_place(context: click.Context, option: click.Parameter, path: Path) -> Path:
    """`--case` may stand before the command too; nearer to the command it counts more."""
    given = context.get_parameter_source(option.name or "") is click.core.ParameterSource.COMMANDLINE
    before = context.find_root().params.get("case_path")
    return path if given or before is None else Path(before)
