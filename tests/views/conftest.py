"""Cases to draw: the shipped one, hostile ones, odd ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.case import Case
from isthmus.graph.disclosure.leaving import released_graph
from isthmus.graph.record.rows import Claim, Holding, Record, SourceRow, pack
from isthmus.views.explorer import explorer, write_page
from isthmus.views.findings import asked
from isthmus.views.quick import quick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from isthmus.graph.graph import Graph
    from isthmus.graph.record.rows import Row

    Triples = Sequence[tuple[str, str, str]]
    MakeCase = Callable[[Sequence[Row]], Case]


def rows_of(triples: Triples, source: SourceRow | None = None, note: str = "", valid: str = "") -> list[Row]:
    """A source, a record, and a claim for each triple; literal claims of dates keep their own."""
    publication = source or SourceRow("s", "A source", "A publisher", "2016-01-02")
    record = Record(publication.id, "1", "page 1", published=publication.published)
    qualifiers = pack({"note": note})
    claims = [Claim(record.id, subject, prop, value, valid, qualifiers=qualifiers) for subject, prop, value in triples]
    return [publication, record, *claims]


def people(*names: str, status: str = "convicted") -> list[tuple[str, str, str]]:
    """Kind, name and status of each."""
    return [
        triple
        for name in names
        for triple in ((name, "kind", "Person"), (name, "name", name), (name, "status", status))
    ]


@pytest.fixture
def make_case(tmp_path: Path) -> Iterator[MakeCase]:
    """A case of these rows."""
    made: list[Case] = []

    def make(rows: Sequence[Row]) -> Case:
        case = Case.create(tmp_path / f"made-{len(made)}.case")
        made.append(case)
        case.load(rows, source="s")
        return case

    yield make
    for case in made:
        case.close()


@pytest.fixture(scope="session")
def released_shipped(shipped_graph: Graph) -> Graph:
    """The graph of the release of the shipped case, of which its pages are made."""
    return released_graph(shipped_graph)


@pytest.fixture(scope="session")
def shipped_page(released_shipped: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of the shipped case, with its usual findings."""
    out = tmp_path_factory.mktemp("pages") / "shipped.html"
    return write_page(released_shipped, out, findings=asked(released_shipped), title="ISIS in Europe, 2014–2016")


@pytest.fixture(scope="session")
def desk_page(shipped_graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of the shipped case itself: its ids are the same in every run, and so is what is drawn of them.

    It starts from no former drawing: that of a release, in which some bear handles, lies elsewhere in each run.
    """
    out = tmp_path_factory.mktemp("pages") / "desk.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("undrawn")))
        return write_page(shipped_graph, out, findings=asked(shipped_graph), title="ISIS in Europe, 2014–2016")


@pytest.fixture(scope="session")
def shipped_quick(released_shipped: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The quick page of the shipped case."""
    out = tmp_path_factory.mktemp("pages") / "quick.html"
    out.write_text(quick(released_shipped, title="ISIS in Europe, 2014–2016"), encoding="utf-8")
    return out


@pytest.fixture
def page_of(tmp_path: Path, make_case: MakeCase) -> Callable[..., Path]:
    """The explorer of a case of these rows."""

    def page(rows: Sequence[Row], title: str = "Test", *, plain: bool = False) -> Path:
        out = tmp_path / "page.html"
        out.write_text(explorer(make_case(rows).graph, title=title, plain=plain), encoding="utf-8")
        return out

    return page


ATTACKS = (
    "<script>window.hits.push('script')</script>",
    "</script><script>window.hits.push('close')</script>",
    "<img src=x onerror=\"window.hits.push('img')\">",
    "<svg onload=window.hits.push('svg')>",
    "<iframe src='javascript:parent.hits.push(1)'></iframe>",
    "<link rel=prefetch href='https://evil.invalid/x'><link rel=stylesheet href='https://evil.invalid/y'>",
    "<form action='https://evil.invalid'><button autofocus>href</button></form>",
    "javascript:window.hits.push('url')",
    "'\"><a href='javascript:window.hits.push(2)'>href</a>",
    "{{constructor.constructor('window.hits.push(3)')()}} ${window.hits.push(4)}",
    "<meta http-equiv=refresh content='0;url=https://evil.invalid'>\u2028<base href='https://evil.invalid/'>",
)


def hostile_rows() -> list[Row]:
    """A small network that carries an attack in every field that a page shows."""
    rows: list[Row] = []
    for number, attack in enumerate(ATTACKS):
        person, event, cell = f"p{number}{attack}", f"e{number}{attack}", f"c{number}"
        source = SourceRow(
            f"s{number}{attack}",
            attack,
            attack,
            "2016",
            attack if number % 2 else f"https://evil.invalid/{attack}",
            attack,
            attack,
            attack,
        )
        triples = [
            (person, "kind", "Person"), (person, "name", f"{attack} name"), (person, "status", "convicted"),
            (person, "alias", f"{attack} alias"), (person, "role", attack), (person, "description", attack),
            (event, "kind", "Event"), (event, "name", f"{attack} event"), (event, "event_kind", "attack"),
            (event, "date", "2015-11-13"), (event, "coordinates", "48.85,2.35"), (event, "direction", "directed"),
            (cell, "kind", "Cell"), (cell, "name", f"{attack} cell"), (cell, "group_type", attack),
            (person, "took_part_in", event), (person, "member_of", cell), (person, "citizen_of", "BE"),
            (event, "occurred_in", "FR"), (event, "attribution", attack),
        ]  # fmt: skip
        record = Record(source.id, str(number), attack, published="2016", text=attack)
        rows += [source, record]
        rows += [Claim(record.id, s, p, v, qualifiers=pack({"role": attack, "note": attack})) for s, p, v in triples]
        rows.append(
            Holding(
                person, "member_of", cell, "FR", record.id, attack, "2015", "collected", "BE", note=attack, group=attack
            )
        )
    return rows
