"""`isthmus release`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from isthmus.cli.options import case_option, open_case, tlp_option

if TYPE_CHECKING:
    from isthmus.graph.record.file import CaseFile


@click.command()
@click.argument("out", metavar="OUT.case", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--check", is_flag=True, help="Write nothing; list who is not named, and what would name them.")
@case_option
@tlp_option
def command(out: Path | None, check: bool, tlp: str | None, **options: Any) -> None:
    """Write a case for others, in which people without a basis have no name: OUT.case."""
    file = open_case(options).file
    if check or out is None:
        _check(file)
        return
    from isthmus.graph.disclosure.basis import acquittal_out_of_view, bases_of
    from isthmus.graph.disclosure.marking import check_marking
    from isthmus.graph.disclosure.release import released
    from isthmus.graph.graph import Graph
    from isthmus.graph.lens import Lens
    from isthmus.graph.record import log

    graph = Graph.of(file, Lens.of(tlp=tlp))
    check_marking(graph, tlp, whole=True)
    bases = bases_of(file)
    log.note(file, "release", form="case", people=len(bases.unnamed))
    released(file, out, tlp=graph.lens.tlp, besides=acquittal_out_of_view(graph)).close()
    click.echo(
        f"wrote {out}: {len(bases.named):,} people by name, {len(bases.unnamed):,} by a handle (release --check lists them)"
    )


def _check(file: CaseFile) -> None:
    """Who is not named, and what would restore the name: for the analyst alone, by name."""
    from isthmus.cli.printable import safe
    from isthmus.graph.disclosure.basis import bases_of
    from isthmus.graph.record.handles import handle

    bases = bases_of(file)
    for identity, why in bases.missing.items():
        click.echo(safe(f"{handle(file, identity)}  {identity}: {why}"))
    click.echo(f"keep their names in a release: {len(bases.named):,} people; lose them: {len(bases.unnamed):,}")
