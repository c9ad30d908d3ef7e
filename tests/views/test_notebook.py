"""Graphs and findings show themselves in a notebook, in a frame of their own."""

from __future__ import annotations

import html
import re
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pandas as pd

from isthmus.case import Case
from isthmus.graph.disclosure.basis import bases_of
from isthmus.graph.graph import Graph
from isthmus.queries.finding import Finding
from isthmus.views.notebook import finding_html, graph_html
from tests.graph.disclosure.bytes import within
from tests.graph.disclosure.test_release import names_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SANDBOX = 'sandbox="allow-scripts allow-downloads"'


def inside(frame: str) -> str:
    found = re.search(r'srcdoc="([^"]*)"', frame)
    assert found
    return html.unescape(found.group(1))


def test_a_graph_is_the_explorer_in_a_sandboxed_frame(shipped_graph: Graph) -> None:
    frame = graph_html(shipped_graph)
    assert SANDBOX in frame
    assert "allow-same-origin" not in frame
    assert 'id="isthmus-data"' in inside(frame)


def test_a_finding_is_a_table_with_nothing_but_text(shipped_graph: Graph) -> None:
    finding = Finding("f", pd.DataFrame({"a": ["<script>x</script>", None]}), "<b>m</b>", caveats=("<i>",))
    page = inside(finding_html(finding, shipped_graph))
    assert "&lt;script&gt;x" in page
    assert not re.search(r"<(script|b>m|i>)", page)
    assert "default-src 'none'" in page


def test_a_finding_says_the_lens_it_was_asked_through(shipped: Case) -> None:
    seen = shipped.through(min_grade="C3")
    page = inside(finding_html(seen.layers(), seen.graph))
    assert "Through the lens: graded C3 or better" in page
    assert "Through the lens" not in inside(finding_html(shipped.layers(), shipped.graph))


def test_a_running_notebook_learns_to_show_what_a_case_answers(
    unreleased_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: dict[type, Any] = {}
    formatter = SimpleNamespace(for_type=known.__setitem__)
    shell = SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": formatter}))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    with Case.open(unreleased_path) as case:
        finding = case.layers()
        assert SANDBOX in known[Finding](finding)
        assert known[Finding](Finding("f", pd.DataFrame(), "m")) is None
        assert set(known) == {Graph, Finding}
        hidden = names_of(case, set().union(*bases_of(case.file).unnamed.values()))
        for shown in (known[Finding](case.cross_border()), known[Finding](case.find("a")), known[Graph](case.graph)):
            assert within(inside(shown).encode(), hidden) == {}
        assert known[Finding](case.show("Zyxwala Qanariona")) is None  # nobody is so called in what leaves
