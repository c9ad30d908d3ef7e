"""Pages: what is embedded, and what their readers see in table, panel, path, quick view and notebook."""

from __future__ import annotations

import csv
import html
import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from isthmus.queries.cross_border import cross_border
from isthmus.queries.show import show
from isthmus.views.notebook import finding_html
from isthmus.views.picture import picture
from tests.views.test_explorer import saved

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from isthmus.graph.graph import Graph
    from tests.browser import Opened
    from tests.directions.claimed import Claimed

    OpenPage = Callable[..., Opened]

MANY = 60  # nodes whose panels are read
PANEL = """
async (many) => {
  const { data, store } = window.isthmus, out = [];
  const best = [...Array(data.n).keys()].sort((a, b) => data.degree[b] - data.degree[a]).slice(0, many);
  for (const node of best) {
    store.set({ selected: node });
    await new Promise(requestAnimationFrame);
    for (const head of document.querySelectorAll('.panel h4')) {
      const list = head.nextElementSibling;
      if (list) for (const end of list.querySelectorAll(':scope > li .end')) out.push([data.nodes.label[node], head.textContent, end.textContent]);
    }
  }
  return out;
}
"""
PATHS = """
async (many) => {
  const { data, store } = window.isthmus, out = [];
  for (let t = 0; t < data.m && out.length < many; t++) {
    for (const path of [[data.source[t], data.target[t]], [data.target[t], data.source[t]]]) {
      store.set({ path });
      await new Promise(requestAnimationFrame);
      const list = document.querySelector('.panel ol.path');
      const ends = [...list.querySelectorAll(':scope > li:not(.hop) > button')].map((one) => one.textContent);
      for (const hop of list.querySelectorAll(':scope > li.hop > details > summary')) out.push([ends[0], hop.firstChild.textContent, ends[1]]);
    }
  }
  return out;
}
"""
QUICK = """
() => {
  const out = [], panel = document.getElementById('panel');
  for (const node of network.body.nodeIndices.slice(0, 60)) {
    network.body.emitter.emit('click', { nodes: [node], edges: [] });
    const list = [...panel.querySelectorAll('h3')].find((one) => one.textContent === 'Ties').nextElementSibling;
    for (const item of list.children) out.push([panel.querySelector('h2').textContent, item.firstChild.textContent]);
  }
  for (const edge of network.body.edgeIndices.slice(0, 100)) {
    network.body.emitter.emit('click', { nodes: [], edges: [edge] });
    out.push([panel.querySelector('h2').textContent, panel.querySelector('p').textContent]);
  }
  return out;
}
"""


def word(claimed: Claimed, text: str) -> str:
    """The reading with which a tie's text begins; a role may stand behind it in brackets."""
    return max((one for one in claimed.readings if text == one or text.startswith(f"{one} (")), key=len)


def test_what_a_page_is_fed_with(claimed: Claimed, shipped_graph: Graph) -> None:
    parts = picture(shipped_graph, [cross_border(shipped_graph)])
    ids, ties = parts["nodes"]["id"], parts["ties"]
    for a, kind, b in zip(ties["source"], ties["kind"], ties["target"], strict=True):
        said = parts["words"]["ties"][kind]
        claimed.tie("page data", ids[a], said["name"], ids[b])
        claimed.tie("page data, passive", ids[b], said["reads"], ids[a])
    for row in parts["findings"][0]["rows"]:
        if row["object_id"]:
            claimed.tie("page findings", row["subject_id"], row["tie"], row["object_id"])
    assert claimed.counts["page data"] == claimed.counts["page data, passive"] > 1_200
    assert claimed.counts["page findings"] > 70


@pytest.mark.browser
def test_the_pages_table_panel_and_path(claimed: Claimed, open_page: OpenPage, shipped_page: Path) -> None:
    opened = open_page(shipped_page)
    opened.page.evaluate("window.isthmus.store.set({ view: 'table', rows: 'ties' })")
    rows = list(csv.DictReader(io.StringIO(saved(opened, "CSV of what is shown").decode("utf-8-sig"))))
    assert len(rows) == opened.page.evaluate("window.isthmus.masks.shownTies") > 500
    for row in rows:
        claimed.tie("page table", row["from"], word(claimed, row["tie"]), row["to"])
    for a, text, b in opened.page.evaluate(PANEL, MANY):
        claimed.tie("page panel", a, text, b)
    for a, text, b in opened.page.evaluate(PATHS, 200):
        claimed.tie("page path", a, word(claimed, text), b)
    assert claimed.counts["page table"] > 250
    assert claimed.counts["page panel"] > 300
    assert claimed.counts["page path"] >= 100
    assert opened.faults == []


@pytest.mark.browser
def test_the_quick_page(claimed: Claimed, open_page: OpenPage, shipped_quick: Path) -> None:
    opened = open_page(shipped_quick)
    for head, text in opened.page.evaluate(QUICK):
        if " → " in text:
            a, b = text.split(" → ")
            claimed.tie("quick page, ties", a, word(claimed, head), b)
        else:
            said, b = text.split(": ", 1)
            claimed.tie("quick page, entities", head, word(claimed, said), b)
    assert claimed.counts["quick page, ties"] > 30
    assert claimed.counts["quick page, entities"] > 100


class _Cells(HTMLParser):
    """Texts of a table's cells, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  the parser's
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def _table(framed: str) -> list[dict[str, str]]:
    cells = _Cells()
    found = re.search(r'srcdoc="([^"]*)"', framed)
    assert found
    page = html.unescape(found[1])
    cells.feed(page[page.index("<table>") : page.index("</table>")])
    head, *rows = cells.rows
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_notebook(claimed: Claimed, shipped_graph: Graph) -> None:
    for row in _table(finding_html(cross_border(shipped_graph), shipped_graph)):
        if row["object id"]:
            claimed.tie("notebook", row["subject id"], row["tie"], row["object id"])
    for row in _table(finding_html(show(shipped_graph, "khalid-zerkani"), shipped_graph)):
        if row["says"].replace("_", " ") in claimed.readings:
            claimed.tie("notebook, dossier", "khalid-zerkani", row["says"], row["value"])
    assert claimed.counts["notebook"] > 20
    assert claimed.counts["notebook, dossier"] > 5
