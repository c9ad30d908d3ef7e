"""`isthmus info`."""

from __future__ import annotations

from typing import Any

import click

from isthmus.cli.options import case_option, open_case, output_options, tlp_option


@click.command()
@case_option
@click.option("--sources", is_flag=True, help="One row a source, and what must be cited.")
@tlp_option
@output_options
def command(form: str | None, out: Any, *, sources: bool, **options: Any) -> None:
    """Say what is in the case."""
    from isthmus.cli.output import emit
    from isthmus.queries.info import info

    case = open_case(options)
    emit(info(case.file, sources=sources, **options), case.through(tlp=options["tlp"]).graph, form, out)
