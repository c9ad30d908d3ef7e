"""`isthmus demo`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.case import Case
    from isthmus.graph.graph import Graph
    from isthmus.queries.finding import Finding

EVE = "2015-11-12"  # the day before the attacks in Paris


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("isthmus-demo"), show_default=True,
              help="Folder for the case and the page; made if it isn't there.")  # fmt: skip
def command(out: Path) -> None:
    """Load the shipped case, ISIS in Europe 2014-2016, ask the main questions and write the page."""
    from isthmus.case import Case
    from isthmus.cli.output import head
    from isthmus.data import load_shipped
    from isthmus.graph import places

    places.folder(out)
    path = out / "isis_europe.case"
    with Case.open(path) if path.exists() else Case.create(path) as case:
        report = load_shipped(case.file).report
        click.echo(f"ISIS in Europe, 2014-2016: {'loaded' if report.changed else 'already'} in {path}")
        click.echo(_counts(case))
        graph = case.graph
        for question, asked, finding, rows in _questions(case, graph):
            click.echo(f"\n{question}\n$ isthmus --case {path} {asked}")
            click.echo(head(finding, rows))
        page = _page(case, out)
    click.echo(f"\nThe page, which opens without a network: {page}")


def _counts(case: Case) -> str:
    from isthmus.queries.info import info

    found = dict(info(case.graph).table.to_numpy().tolist())
    return (
        f"{found['source rows']} sources, {found['record rows']:,} records, {found['claim rows']:,} claims, "
        f"{found['holding rows']} holdings; {found['Person entities']} people, {found['Event entities']} events"
    )


def _questions(case: Case, graph: Graph) -> Iterator[tuple[str, str, Finding, int]]:
    from isthmus.queries.cross_border import cross_border
    from isthmus.queries.gap import gap
    from isthmus.queries.layers import layers
    from isthmus.queries.path import path

    yield "What happened where, on the six layers of the ISW map?", "layers", layers(graph), 10
    yield (
        "Who directed from one country what happened in another?",
        "cross-border --kind remote",
        cross_border(graph, kinds=["remote"]),
        4,
    )
    yield (
        "Whose part in events spans countries: the coordinator's mark?",
        "cross-border --kind span",
        cross_border(graph, kinds=["span"]),
        4,
    )
    yield (
        "How are the gunman of Brussels 2014 and a bomber of Brussels 2016 joined?",
        'path "Mehdi Nemmouche" "Khalid El Bakraoui"',
        path(graph, "mehdi-nemmouche", "khalid-el-bakraoui"),
        3,
    )
    yield (
        f"On {EVE}: which exchange would have revealed most of what one held and another lacked?",
        f"gap --known-by {EVE}",
        gap(case.through(known_by=EVE).graph),
        6,
    )


def _page(case: Case, out: Path) -> Path:
    """The page of the release, with the same questions."""
    from isthmus.case import Case
    from isthmus.graph.disclosure.leaving import leaving
    from isthmus.views.explorer import write_page

    graph = leaving(case.graph, "page", "page").graph
    page = out / "isis_europe.html"
    with Case(graph.file) as left:
        findings = [replace(finding, name=asked) for _, asked, finding, _ in _questions(left, graph)]
        return write_page(graph, page, findings=findings, title="ISIS in Europe, 2014–2016")
