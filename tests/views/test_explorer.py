"""The explorer in a real browser: what it shows, what its reader can do, and what it never does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from isthmus.graph import dates
from isthmus.graph.disclosure.basis import bases_of
from isthmus.queries.sharing.setting import setting
from tests.cli.run import isthmus
from tests.graph.disclosure.bytes import within
from tests.graph.disclosure.test_release import names_of
from tests.views.conftest import hostile_rows, people, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from isthmus.case import Case
    from isthmus.graph.graph import Graph
    from tests.browser import Opened

    OpenPage = Callable[..., Opened]

pytestmark = pytest.mark.browser
VIEWS = ("network", "map", "timeline", "table", "findings")


def clean(opened: Opened) -> None:
    """Nothing asked of a network, no fault, nothing that the policy had to stop, no script run."""
    assert [url for url in opened.requests if not url.startswith(("file:", "blob:", "data:"))] == []
    assert opened.faults == []
    assert opened.violations == []
    assert opened.page.evaluate("window.hits") == []


def choose(opened: Opened, name: str) -> None:
    opened.page.fill("#search", name)
    opened.page.press("#search", "Enter")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_view_of_the_shipped_case_opens_clean(
    open_page: OpenPage, shipped_page: Path, theme: str, width: int
) -> None:
    opened = open_page(shipped_page, width=width, height=844, theme=theme)
    for number, view in enumerate(VIEWS, start=1):
        opened.page.keyboard.press(str(number))
        assert opened.page.is_visible(f"#view-{view}")
        assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert opened.page.evaluate("Number(document.querySelector('canvas').dataset.drawn)") > 0
    clean(opened)


def test_hostile_text_in_every_field_runs_nothing(open_page: OpenPage, page_of: Callable[..., Path]) -> None:
    page = page_of(hostile_rows(), "<script>window.hits.push('title')</script>")
    opened = open_page(page)
    for number in range(1, 6):
        opened.page.keyboard.press(str(number))
        opened.page.wait_for_timeout(50)
    opened.page.keyboard.press("1")
    for node in range(opened.page.evaluate("window.isthmus.data.n")):
        opened.page.evaluate("(i) => window.isthmus.store.set({ selected: i, tieLabels: true })", node)
        for summary in opened.page.query_selector_all(".panel details:not([open]) > summary")[:12]:
            summary.click()
    opened.page.wait_for_timeout(200)
    clean(opened)
    assert opened.page.query_selector_all("main img, aside img, iframe, form, main a, aside a, aside script") == []


def test_hostile_text_in_plain_data_runs_nothing(open_page: OpenPage, page_of: Callable[..., Path]) -> None:
    clean(open_page(page_of(hostile_rows(), plain=True)))


def test_the_address_of_a_source_is_text_and_opens_only_if_it_is_of_the_web(
    open_page: OpenPage, page_of: Callable[..., Path]
) -> None:
    opened = open_page(page_of(hostile_rows()))
    opened.page.evaluate("window.open = (...given) => { window.opened = given; }")
    for node in range(opened.page.evaluate("window.isthmus.data.n")):
        opened.page.evaluate("(i) => window.isthmus.store.set({ selected: i })", node)
        for summary in opened.page.query_selector_all(".panel details:not([open]) > summary"):
            summary.click()
        for button in opened.page.query_selector_all(".panel button.address"):
            assert (button.text_content() or "").startswith("https://")
    opened.page.evaluate("window.isthmus.store.set({ selected: window.isthmus.data.index.get('c0') })")
    for summary in opened.page.query_selector_all(".panel details:not([open]) > summary"):
        summary.click()
    opened.page.click(".panel button.address >> nth=0")
    assert opened.page.evaluate("window.opened[2]") == "noopener,noreferrer"


def test_status_stands_beside_every_name_in_the_panel(open_page: OpenPage, shipped_page: Path) -> None:
    opened = open_page(shipped_page)
    choose(opened, "Abaaoud")
    panel = opened.page.inner_text(".panel")
    assert "Abdelhamid Abaaoud" in panel
    assert "Legal status: " in panel
    assert "killed" in panel
    ends = opened.page.evaluate(
        "() => { const { data, store } = window.isthmus; const i = store.state.selected;"
        "return [...document.querySelectorAll('.panel .end')].map((one) => one.textContent); }"
    )
    people_named = opened.page.evaluate(
        "() => { const { nodes, words } = window.isthmus.data; const p = words.kinds.findIndex((k) => k.name === 'Person');"
        "return nodes.label.filter((_, i) => nodes.kind[i] === p); }"
    )
    bare = [end for end in ends if end in people_named]
    assert ends
    assert bare == []


def test_a_tie_in_the_panel_opens_its_claims_with_source_pointer_and_grade(
    open_page: OpenPage, shipped_page: Path
) -> None:
    opened = open_page(shipped_page)
    choose(opened, "Abaaoud")
    opened.page.click(".panel .tie-line summary >> nth=0")
    claim = opened.page.inner_text(".panel .claim >> nth=0")
    assert opened.page.inner_text(".panel .claim .grade >> nth=0")[0] in "ABCDEF"
    assert len(claim) > 20


def test_the_keyboard_walks_the_ties(open_page: OpenPage, shipped_page: Path) -> None:
    opened = open_page(shipped_page)
    choose(opened, "Abaaoud")
    before = opened.state("selected")
    opened.page.focus("canvas")
    opened.page.keyboard.press("ArrowRight")
    spoken = opened.page.inner_text("[role=status]")
    assert "1 /" in spoken
    opened.page.keyboard.press("Enter")
    assert opened.state("selected") != before
    opened.page.keyboard.press("Control+z")
    assert opened.state("selected") == before
    opened.page.keyboard.press("Control+y")
    assert opened.state("selected") != before


@pytest.mark.parametrize(
    ("key", "field"),
    [("f", "focus"), ("n", "pinned"), ("h", "hidden"), ("s", "picked"), ("g", "collapsed"), ("p", "pathFrom")],
)
def test_each_key_does_what_its_button_does(open_page: OpenPage, shipped_page: Path, key: str, field: str) -> None:
    labels = {
        "f": "Neighbourhood",
        "n": "Pin",
        "h": "Hide",
        "s": "Add to selection",
        "g": "Collapse group",
        "p": "Path from here",
    }
    opened = open_page(shipped_page)
    start = opened.state(field)
    choose(opened, "Abaaoud")
    opened.page.focus("canvas")
    opened.page.keyboard.press(key)
    by_key = opened.state(field)
    assert by_key != start
    opened.page.keyboard.press("Control+z")
    assert opened.state(field) == start
    opened.page.click(f".panel button:text-is('{labels[key]}')")
    assert opened.state(field) == by_key


def test_a_path_joins_two_people_and_shows_its_claims(open_page: OpenPage, shipped_page: Path) -> None:
    opened = open_page(shipped_page)
    choose(opened, "Mehdi Nemmouche")
    opened.page.click(".panel button:text-is('Path from here')")
    choose(opened, "Salah Abdeslam")
    path = opened.state("path")
    assert len(path) >= 2
    assert "Ladder of the path" in opened.page.inner_text(".panel")
    steps = opened.page.evaluate(
        "(path) => path.slice(1).every((b, k) => { const { data, masks } = window.isthmus;"
        "for (let t = 0; t < data.m; t++) if (masks.ties[t] && ((data.source[t] === path[k] && data.target[t] === b)"
        "|| (data.target[t] === path[k] && data.source[t] === b))) return true; return false; })",
        path,
    )
    assert steps


def test_a_search_begun_again_at_once_keeps_its_list(open_page: OpenPage, shipped_page: Path) -> None:
    page = open_page(shipped_page).page
    page.evaluate("const field = document.getElementById('search'); field.focus(); field.blur(); field.focus()")
    page.fill("#search", "Salah")
    page.wait_for_timeout(400)
    assert page.get_attribute("#search", "aria-expanded") == "true"
    page.press("#search", "Tab")
    page.wait_for_timeout(400)
    assert page.get_attribute("#search", "aria-expanded") == "false"


def test_mouse_selects_drags_zooms_and_lassoes(open_page: OpenPage, shipped_page: Path) -> None:
    opened = open_page(shipped_page)
    page = opened.page
    spot = page.evaluate(
        "() => { const net = window.isthmusNetwork, s = net.scene; let best = 0;"
        "for (let v = 1; v < s.n; v++) if (s.r[v] > s.r[best]) best = v;"
        "const box = net.canvas.getBoundingClientRect();"
        "return { node: s.ref[best], x: box.x + (s.x[best] - net.camera.x) * net.camera.k + net.width / 2,"
        "y: box.y + (s.y[best] - net.camera.y) * net.camera.k + net.height / 2 }; }"
    )
    page.mouse.click(spot["x"], spot["y"])
    assert opened.state("selected") == spot["node"]
    page.mouse.move(spot["x"], spot["y"])
    page.mouse.down()
    page.mouse.move(spot["x"] + 60, spot["y"] + 40, steps=4)
    page.mouse.up()
    assert str(spot["node"]) in opened.state("moved")
    before = page.evaluate("window.isthmusNetwork.camera.k")
    page.mouse.wheel(0, -400)
    assert page.evaluate("window.isthmusNetwork.camera.k") > before
    page.click("button[aria-label='Fit']")
    page.click("button[aria-label='Lasso']")
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    for x, y in ((box["width"] - 5, 5), (box["width"] - 5, box["height"] - 5), (5, box["height"] - 5)):
        page.mouse.move(box["x"] + x, box["y"] + y, steps=3)
    page.mouse.up()
    assert len(opened.state("picked")) > 100


def test_filters_act_on_every_view(open_page: OpenPage, shipped_page: Path) -> None:
    opened = open_page(shipped_page)
    page = opened.page
    page.check("#crossing")
    ties = page.evaluate("window.isthmus.masks.shownTies")
    flagged = page.evaluate(
        "() => { const { data, masks } = window.isthmus; let n = 0;"
        "for (let t = 0; t < data.m; t++) if (masks.ties[t] && !(data.ties.flags[t] & 2)) n++; return n; }"
    )
    assert ties > 0
    assert flagged == 0
    page.keyboard.press("4")
    page.click("button:text-is('Ties')")
    assert page.inner_text(".table-view .bar .soft") == f"{ties} rows"
    page.keyboard.press("2")
    assert page.locator(".arcs path").count() > 3


def test_the_period_is_set_by_keyboard_and_keeps_what_has_no_date(open_page: OpenPage, shipped_page: Path) -> None:
    opened = open_page(shipped_page)
    high = opened.page.locator(".handles input >> nth=1")
    before = opened.page.evaluate("window.isthmus.masks.shownNodes")
    high.focus()
    for _ in range(30):
        opened.page.keyboard.press("PageDown")
    assert opened.state("to") is not None
    assert opened.page.evaluate("window.isthmus.masks.shownNodes") < before
    assert "without a date stay in" in opened.page.inner_text(".strip")


def test_known_by_a_country_shows_only_what_a_source_says_it_held(open_page: OpenPage, shipped_page: Path) -> None:
    opened = open_page(shipped_page)
    opened.page.select_option(".strip select >> nth=0", "known")
    opened.page.select_option(".strip select >> nth=1", "BE")
    held = opened.page.evaluate(
        "() => { const { data, masks } = window.isthmus, out = [];"
        "for (let t = 0; t < data.m; t++) if (masks.ties[t]) out.push((data.holders.get(data.ties.statement[t]) ?? [])"
        ".some((row) => data.holdings.country[row] === 'BE' && data.holdings.state[row] === 'held')); return out; }"
    )
    assert held
    assert all(held)


def test_what_has_no_date_is_counted_by_each_clock_and_listed_last(
    open_page: OpenPage, page_of: Callable[..., Path]
) -> None:
    one, other, ties = people("Ann"), people("Ben"), [("Ann", "took_part_in", "dated"), ("Ben", "took_part_in", "open")]
    events = [("dated", "kind", "Event"), ("dated", "date", "2015-11-13"), ("open", "kind", "Event")]
    opened = open_page(page_of(rows_of([*one, *other, *events, *ties])))
    assert "1 ties, 1 events without a date stay in" in opened.page.inner_text(".strip")
    opened.page.keyboard.press("3")
    rows = opened.page.locator(".gantt-row").evaluate_all("rows => rows.map((row) => row.getAttribute('aria-label'))")
    assert [row.rsplit(", ", 1)[1] for row in rows] == ["2015-11-13", "no date"]
    opened.page.select_option(".strip select >> nth=0", "published")
    assert "publication" not in opened.page.inner_text(".strip .small")


@pytest.mark.parametrize(("holder", "day"), [("FR", "2015-11-12"), ("BE", "2015-11-12"), ("TR", "2015-07-01")])
def test_held_by_a_country_agrees_with_the_command(
    open_page: OpenPage, shipped_page: Path, shipped: Case, holder: str, day: str
) -> None:
    """Facts that are no ties count too, and so do the people they are about."""
    seen = setting(shipped.graph, rule="declared", known_by=day)
    held = seen.ledger.held((holder,), seen.day)[:, 0]
    about, who = seen.facts.about
    people = {str(shipped.graph.ids[at]) for at in who[held[about]].tolist()}
    opened = open_page(shipped_page)
    opened.page.evaluate(f"window.isthmus.store.set({{ mode: 'known', holder: '{holder}', to: {dates.day(day)} }})")
    found = opened.page.evaluate("() => { const { held } = window.isthmus.masks; return [held.facts, held.people]; }")
    assert found == [int(held.sum()), len(people)]
    assert found[0] > found[1] / 2 > 0
    assert f"{found[0]} facts on {found[1]} people" in opened.page.inner_text(".counts")
    shown = opened.page.evaluate(
        "() => { const { data, masks } = window.isthmus; return data.nodes.id.filter((_, i) => masks.nodes[i] === 2); }"
    )
    assert people <= set(shown)
    known = shipped.knowable(day, holders=[holder], rule="declared", hindsight=True)
    assert len(known.table) == len(set(who[(held & seen.counted)[about]].tolist())) <= found[1]


def test_the_map_clusters_symbols_and_states_disputed_borders(open_page: OpenPage, shipped_page: Path) -> None:
    opened = open_page(shipped_page)
    opened.page.keyboard.press("2")
    gaps = opened.page.evaluate(
        "() => { const boxes = [...document.querySelectorAll('.symbol')].map((one) => one.getBoundingClientRect());"
        "let least = 1e9; boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => { least = Math.min(least, Math.hypot("
        "a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2)); })); return least; }"
    )
    assert gaps >= 24
    opened.page.click("summary:text-is('Disputed borders')")
    for name in ("Crimea", "Western Sahara", "Golan", "Kosovo"):
        assert opened.page.is_visible(f".map-legend label:has-text('{name}')")
    opened.page.select_option(".map-legend label:has-text('Crimea') select", "UA")
    assert opened.state("borders") == {"crimea": "UA"}


def test_a_link_restores_the_view(open_page: OpenPage, shipped_page: Path) -> None:
    opened = open_page(shipped_page)
    opened.page.check("#confirmed")
    choose(opened, "Abaaoud")
    opened.page.click("summary:text-is('Save')")
    opened.page.click("button:text-is('Link to this view')")
    fragment = opened.page.evaluate("location.hash")
    again = open_page(shipped_page, fragment=fragment)
    assert again.state("selected") == opened.state("selected")
    assert again.state("confirmed") is True


def test_a_broken_link_opens_the_page_as_it_is(open_page: OpenPage, shipped_page: Path) -> None:
    for fragment in ("#%%%", "#bm90anNvbg", "#eyJmcm9tIjoieCIsImhpZGRlbiI6WyJub3BlIl0sIm1vdmVkIjp7ImEiOjF9fQ"):
        opened = open_page(shipped_page, fragment=fragment)
        assert opened.page.get_attribute("html", "data-ready") == "yes"
        assert opened.state("hidden") == []


def saved(opened: Opened, entry: str) -> bytes:
    opened.page.click("summary:text-is('Save')")
    with opened.page.expect_download() as download:
        opened.page.click(f"button:text-is('{entry}')")
    return Path(download.value.path()).read_bytes()


def test_a_chart_keeps_positions_pins_and_notes(
    open_page: OpenPage, shipped_page: Path, released_shipped: Graph, tmp_path: Path
) -> None:
    from isthmus.views.chart import read_chart
    from isthmus.views.explorer import write_page

    opened = open_page(shipped_page)
    choose(opened, "Abaaoud")
    node = opened.state("selected")
    opened.page.focus("canvas")
    opened.page.keyboard.press("Alt+ArrowRight")
    opened.page.keyboard.press("n")
    opened.page.click("summary:text-is('Note')")
    opened.page.fill(".panel textarea", "ask Brussels")
    opened.page.locator(".panel textarea").blur()
    chart = tmp_path / "mine.json"
    chart.write_bytes(saved(opened, "Chart (positions, notes)"))
    page = write_page(released_shipped, tmp_path / "again.html", chart=read_chart(chart))
    again = open_page(page)
    assert again.state("pinned") == [node]
    assert again.state("notes") == {str(node): "ask Brussels"}
    assert again.state("moved") == opened.state("moved")


def test_what_is_shown_leaves_as_csv_graphml_svg_and_png(
    open_page: OpenPage, shipped_page: Path, shipped_graph: Graph, tmp_path: Path
) -> None:
    import networkx as nx

    from isthmus.views.export import export

    opened = open_page(shipped_page)
    rows = saved(opened, "CSV of what is shown").decode("utf-8-sig").splitlines()
    assert len(rows) == opened.page.evaluate("window.isthmus.masks.shownNodes") + 1
    assert rows[1].startswith("not marked,")
    text = saved(opened, "GraphML of what is shown").decode()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.parse_graphml(text, force_multigraph=True))
    assert graph.number_of_edges() == opened.page.evaluate("window.isthmus.masks.shownTies")
    export(shipped_graph, "graphml", tmp_path / "whole.graphml")
    whole: nx.MultiDiGraph[str] = nx.MultiDiGraph(nx.read_graphml(tmp_path / "whole.graphml", force_multigraph=True))
    assert set(graph.edges(keys=True)) < set(whole.edges(keys=True))  # the same ids, in the same direction
    assert set(graph.nodes) < set(whole.nodes)
    assert b"not marked" in saved(opened, "SVG picture")
    assert saved(opened, "PNG picture").startswith(b"\x89PNG")
    opened.page.keyboard.press("2")
    assert saved(opened, "PNG picture").startswith(b"\x89PNG")
    clean(opened)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(open_page: OpenPage, shipped_page: Path, axe: str, theme: str, view: str) -> None:
    opened = open_page(shipped_page, theme=theme)
    choose(opened, "Abaaoud")
    opened.page.keyboard.press("Escape")
    opened.page.evaluate("document.activeElement.blur()")
    opened.page.keyboard.press(str(VIEWS.index(view) + 1))
    opened.page.evaluate(axe)
    found = opened.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found["violations"]] == []


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core, one of the front end's development packages."""
    import isthmus

    path = Path(isthmus.__file__).parent / "views" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.skip("axe-core is not installed: run `npm ci --ignore-scripts` in isthmus/views/frontend")
    return path.read_text(encoding="utf-8")


def test_an_empty_graph_and_one_node_open(open_page: OpenPage, page_of: Callable[..., Path]) -> None:
    empty = open_page(page_of([]))
    assert "no entities" in empty.page.inner_text(".filters")
    for number in range(1, 6):
        empty.page.keyboard.press(str(number))
    clean(empty)
    one = open_page(page_of(rows_of(people("Solo"))))
    choose(one, "Solo")
    assert "Solo" in one.page.inner_text(".panel")
    clean(one)


def test_long_right_to_left_and_undated_things_open(open_page: OpenPage, page_of: Callable[..., Path]) -> None:
    arabic, long = "عبد الحميد أباعود", "Very " * 60 + "long name"
    triples = [
        *people(arabic, long), (arabic, "friend_of", long),
        ("e1", "kind", "Event"), ("e1", "name", "undated"), ("e1", "event_kind", "attack"), (arabic, "took_part_in", "e1"),
        ("e2", "kind", "Event"), ("e2", "name", "half"), ("e2", "event_kind", "plot"), ("e2", "date", "2015"), (long, "planned", "e2"),
        ("e3", "kind", "Event"), ("e3", "name", "open"), ("e3", "event_kind", "plot"), ("e3", "date", "../2014"), (long, "planned", "e3"),
    ]  # fmt: skip
    opened = open_page(page_of(rows_of(triples)), width=390, height=800)
    for number in range(1, 6):
        opened.page.keyboard.press(str(number))
        assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    opened.page.keyboard.press("1")
    choose(opened, "عبد")
    assert opened.page.get_attribute(".panel h2", "dir") == "auto"
    clean(opened)


def test_the_page_holds_no_name_of_who_has_no_basis(
    unreleased: Case, unreleased_path: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    page = tmp_path / "page.html"
    done = isthmus("--case", unreleased_path, "view", "--out", page)
    assert done.returncode == 0, done.stderr
    data = open_page(page).page.evaluate("JSON.stringify({ ...window.isthmus.data, world: 0, holders: 0 })").encode()
    hidden = names_of(unreleased, set().union(*bases_of(unreleased.file).unnamed.values()))
    assert b"Abdelhamid Abaaoud" in data
    assert within(data + page.read_bytes(), hidden) == {}
