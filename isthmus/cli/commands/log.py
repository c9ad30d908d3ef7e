"""`isthmus log`."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from isthmus.cli.options import case_option, open_case


@click.command()
@case_option
@click.option("--verify", is_flag=True, help="Only say whether the log is as it was written; exit 1 if it is not.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def command(*, verify: bool, as_json: bool, **options: Any) -> None:
    """Say what was done with the case, and when: loads, judgements, what left it. The log names no one."""
    from isthmus.graph.record import log

    file = open_case(options).file
    if verify:
        _verify(log.faults(file), sum(1 for _ in log.lines(file)))
        return
    for line in log.lines(file):
        if as_json:
            click.echo(json.dumps({"at": line.at, "act": line.act, **line.facts}))
        else:
            told = ", ".join(f"{name} {fact}" for name, fact in line.facts.items())
            click.echo(f"{line.at}  {line.act:<10} {told}")


def _verify(faults: list[str], count: int) -> None:
    for fault in faults:
        click.echo(fault)
    if faults:
        sys.exit(1)
    click.echo(f"{count:,} lines, each as it was written")
