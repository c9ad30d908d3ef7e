"""`isthmus changes`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.options import case_option, fold_options, open_through, output_options


@click.command()
@case_option
@click.option("--since", default="", metavar="DATE", help="Only loads from this day on (UTC).")
@click.option("--added", is_flag=True, help="List each new record, not only how many.")
@fold_options
@output_options
def command(form: str | None, out: Any, **options: Any) -> None:
    """Say what loads added, changed, withdrew and restored, before and after."""
    from isthmus.cli.output import emit
    from isthmus.queries.changes import changes

    case = open_through(options)
    emit(changes(case.file, lens=case.lens, **options), case.graph, form, out)
