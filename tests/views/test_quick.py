"""The quick page: pyvis without what pyvis does by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from isthmus.views.quick import quick
from tests.views.conftest import hostile_rows
from tests.views.test_explorer import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from isthmus.graph.graph import Graph
    from tests.browser import Opened
    from tests.views.conftest import MakeCase

    OpenPage = Callable[..., Opened]


def test_it_asks_no_network_and_needs_no_bundle(shipped_graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise AssertionError(name)

    monkeypatch.setattr("isthmus.views.explorer.bundled", missing)
    text = quick(shipped_graph)
    assert "cdn.jsdelivr" not in text
    assert "default-src 'none'" in text


@pytest.mark.browser
def test_a_click_shows_claims_and_the_page_asks_nothing(open_page: OpenPage, shipped_quick: Path) -> None:
    opened = open_page(shipped_quick)
    spot = opened.page.evaluate(
        "() => { const id = nodes.get().sort((a, b) => b.size - a.size)[0].id, p = network.canvasToDOM(network.getPosition(id));"
        "const box = document.getElementById('mynetwork').getBoundingClientRect(); return [box.x + p.x, box.y + p.y]; }"
    )
    opened.page.mouse.click(*spot)
    opened.page.wait_for_selector("#panel h2")
    assert opened.page.locator("#panel li li").count() > 5
    clean(opened)


@pytest.mark.browser
def test_hostile_text_runs_nothing(open_page: OpenPage, make_case: MakeCase, tmp_path: Path) -> None:
    out = tmp_path / "quick.html"
    out.write_text(
        quick(make_case(hostile_rows()).graph, title="<script>window.hits.push(0)</script>"), encoding="utf-8"
    )
    opened = open_page(out)
    for node in opened.page.evaluate("nodes.getIds()"):
        opened.page.evaluate("(id) => network.body.emitter.emit('click', { nodes: [id], edges: [] })", node)
    for edge in opened.page.evaluate("edges.getIds()"):
        opened.page.evaluate("(id) => network.body.emitter.emit('click', { nodes: [], edges: [id] })", edge)
    opened.page.wait_for_timeout(100)
    clean(opened)
    assert opened.page.query_selector_all("#panel img, #panel a, iframe, form") == []
