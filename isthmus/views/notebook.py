"""In a notebook a graph or a finding shows itself, in a frame that can reach neither the notebook nor a network."""

from __future__ import annotations

import html
import sys
from typing import TYPE_CHECKING, Any

from isthmus.graph.disclosure.leaving import released_graph
from isthmus.graph.disclosure.marking import in_words, strictest
from isthmus.graph.graph import Graph
from isthmus.queries.clocks import through
from isthmus.queries.finding import Finding
from isthmus.views.explorer import explorer
from isthmus.views.page import policy

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST = 200  # rows of a finding
_STYLE = (
    "body{font:13px/1.4 system-ui,sans-serif;margin:0;color:#1d2126;background:#fff}h2{font-size:15px;margin:0 0 4px}"
    "table{border-collapse:collapse}th,td{text-align:left;padding:3px 12px 3px 0;border-bottom:1px solid #e0dcd2;"
    "vertical-align:top}.soft{color:#575d66}"
)


def frame(page: str, height: int) -> str:
    """A page in a frame with an origin of its own: it may run its script and save files, nothing else."""
    return (
        f'<iframe sandbox="allow-scripts allow-downloads" referrerpolicy="no-referrer" width="100%" '
        f'height="{height}" style="border:1px solid #ccc" srcdoc="{html.escape(page)}"></iframe>'
    )


def graph_html(graph: Graph, *, title: str = "Isthmus", height: int = 720) -> str:
    """The explorer of the release of a graph, framed: a notebook is passed on with what it shows."""
    graph = released_graph(graph)
    return frame(explorer(graph, title=title, tlp=strictest(graph) or None), height)


def finding_html(finding: Finding, graph: Graph, *, height: int = 420) -> str:
    """The table of a finding with method, caveats and what was left out, framed."""
    shown = finding.to_dict()
    marking = strictest(graph, [finding.claims], about=finding.about)
    cells = [[_cell(row[column]) for column in shown["columns"]] for row in shown["rows"][:_MOST]]
    parts = [
        *(f'<p class="soft">{html.escape(line)}</p>' for line in through(graph)),
        f"<h2>{html.escape(shown['finding'])}</h2><p>{html.escape(shown['method'])}</p>",
        _table(shown["columns"], cells),
        f'<p class="soft">{len(cells)} of {len(shown["rows"])} rows</p>' if len(shown["rows"]) > _MOST else "",
        _list("Caveats", shown["caveats"]),
        f"<p><b>{html.escape(in_words(marking))}</b></p>" if marking else "",
        _list("Left out", [f"{why}: {count}" for why, count in shown["left_out"].items()]),
    ]
    page = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{policy([], [_STYLE])}"><title>finding</title><style>{_STYLE}</style></head><body>'
        f"{''.join(parts)}</body></html>"
    )
    return frame(page, height)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _table(columns: list[str], rows: list[list[str]]) -> str:
    head = "".join(f'<th scope="col">{html.escape(column.replace("_", " "))}</th>' for column in columns)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(text)}</td>" for text in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _list(title: str, texts: list[str]) -> str:
    if not texts:
        return ""
    return f"<p><b>{title}</b></p><ul>{''.join(f'<li>{html.escape(text)}</li>' for text in texts)}</ul>"


def register(again: Callable[[Finding], tuple[Finding, Graph] | None]) -> bool:
    """Teach the running notebook to show graphs and findings; false where none runs.

    `again` gives a finding asked again of the release of its case, and the graph of that; without one the notebook shows
    the finding as plain text.
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is None:
        return False
    formatter: Any = shell.display_formatter.formatters["text/html"]

    def of_finding(finding: Finding) -> str | None:
        left = again(finding)
        return finding_html(*left) if left is not None else None

    formatter.for_type(Graph, graph_html)
    formatter.for_type(Finding, of_finding)
    return True
