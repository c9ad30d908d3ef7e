"""What is in a case: rows by table, entities by kind, dates, sources with what must be cited."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.record import book, door, reading
from isthmus.graph.record.age import HELD, OUT
from isthmus.graph.record.markings import left_out
from isthmus.queries.clocks import spans
from isthmus.queries.finding import Finding, columned

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph
    from isthmus.graph.record.file import CaseFile


def info(graph: Graph, *, sources: bool = False) -> Finding:
    """What is in a case, and the span of each of its four clocks; through a lens, what of it is in view.

    With `sources` one row a source, with its reliability, licence and number of claims, of which only those that
    something in view rests on are listed through a lens.
    """
    return _sources(graph) if sources else _counts(graph)


def _counts(graph: Graph) -> Finding:
    file = graph.file
    rows: list[tuple[str, object]] = [("case", file.id), ("version", file.version)]
    if graph.arguments:
        rows += _in_view(graph)
    else:
        rows += reading.counts(file).items()
        rows += [(f"{kind} entities", count) for kind, count in reading.kinds(file)]
        rows += _door(file)
    rows += [(f"clock {name}", span) for name, span in spans(graph).items()]
    rows.append(("last load", reading.last_load(file) or "never"))
    return Finding(
        name="info",
        table=columned(["measure", "value"], rows),
        method="Counts of what is in view: claims that affirm or deny something, and what they rest on."
        if graph.arguments
        else "Counts of the case file's tables; entities by the kinds that current records claim.",
        parameters={"case": file.path.name, **graph.arguments},
        left_out=dict(graph.left_out),
    )


def _door(case_file: CaseFile) -> list[tuple[str, object]]:
    """Whose names the case does not hold, and of how many people it has no birth."""
    verdicts = Counter(entry.verdict for entry in book.entries(case_file))
    named = [(f"people {verdict}", verdicts[verdict]) for verdict in (OUT, HELD, book.FORGOTTEN)]
    return [*named, ("age not known", door.undated(case_file))]


def _in_view(graph: Graph) -> list[tuple[str, object]]:
    claims = graph.claim_table
    kinds = Counter(graph.kinds.tolist())
    return [
        ("sources in view", len(np.unique(claims.coded("source").codes))),
        ("records in view", len(np.unique(claims["record"]))),
        ("claims in view", len(claims["record"])),
        ("statements in view", len(graph.statement_table["subject"])),
        ("holdings in view", len(graph.holding_table["start"])),
        *((f"{kind} entities in view", kinds[kind]) for kind in sorted(kinds)),
    ]


def _sources(graph: Graph) -> Finding:
    file, tlp = graph.file, graph.lens.tlp
    columns = ["source", "title", "publisher", "published", "reliability", "language", "extent_seen", "derived_from",
               "licence", "locator", "claims"]  # fmt: skip
    rows = reading.sources_listed(file, tlp)
    said = dict(graph.left_out)
    if graph.arguments.keys() - {"tlp"}:
        source = graph.claim_table.coded("source")
        used = Counter(source.texts().tolist())
        said["sources that nothing in view rests on"] = sum(1 for row in rows if row[0] not in used)
        rows = [(*row[:-1], used[row[0]]) for row in rows if row[0] in used]
    table = columned(columns, rows)
    return Finding(
        name="info: sources",
        table=table,
        method="One row a source. Reliability is the latest assessment, F where there is none.",
        parameters={"case": file.path.name, "sources": True, **graph.arguments},
        left_out={**left_out(file, tlp), **{reason: count for reason, count in said.items() if count}},
        caveats=_terms(table),
    )


def _terms(table: dict[str, list[Any]]) -> tuple[str, ...]:
    """What the licences ask for, each once."""
    used = [licence for licence, claims in zip(table["licence"], table["claims"], strict=True) if claims > 0]
    licences, unknown = sorted({text for text in used if text}), used.count("")
    terms = [f"To be cited and kept to: {text}" for text in licences]
    if unknown:
        terms.append(f"{unknown} sources state no licence: facts are restated, ask before passing rows on")
    return tuple(terms)
