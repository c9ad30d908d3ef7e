"""Are these four reports one report? Ties by the number of independent origins behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from isthmus.graph.dates import MAX_DAY, MIN_DAY
from isthmus.graph.errors import BadQuestion
from isthmus.graph.fold.columns import spans
from isthmus.graph.fold.origins import origins_of
from isthmus.graph.fold.table import coded, objects
from isthmus.graph.record import reading
from isthmus.queries.backing import Backing
from isthmus.queries.evidence.copies import ALIKE, DAYS, copies
from isthmus.queries.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from isthmus.graph.graph import Graph

COLUMNS = ["subject", "status", "tie", "object", "object_status", "claims", "sources", "origins", "bound", "grade",
           "confirmed", "which", "subject_id", "object_id"]  # fmt: skip


def origins(
    graph: Graph, name: str | None = None, *, top: int = 30, alike: float = ALIKE, hours: int = 24 * DAYS
) -> Finding:
    """Ties, those that most sources and fewest origins back first; of one entity, if `name` is given.

    Sources share an origin where the roots of what they derive from meet, as declared, or where their texts are
    near-identical and published within `hours`. Where a source's derivation is not declared it may yet derive from
    another: the number of origins is then *at most* what is counted. A tie may be called confirmed only by two
    declared origins or more.

    Raises
    ------
    BadQuestion, NoSuchEntity, AmbiguousName
        A share outside 0..1, negative hours or places; an entity that is not found.
    """
    if not 0 < alike <= 1 or hours < 0 or top < 0:
        raise BadQuestion(f"alike = {alike}, hours = {hours}, top = {top}: a share in 0..1, the others 0 or more")
    at = graph.index(name) if name is not None else None
    roots = origins_of(graph.file)
    same = _same_text(graph, alike, hours // 24)
    ties = graph.ties if at is None else graph.ties[(graph.ties["source"] == at) | (graph.ties["target"] == at)]
    by_statement = graph.claims[graph.claims["polarity"] == "affirmed"].groupby("statement")["source"]
    sources: dict[Any, list[str]] = {row: list(dict.fromkeys(found)) for row, found in by_statement}
    counts = graph.claims.groupby("statement").size()
    support = Backing(graph)
    rows = []
    for tie in ties.to_dict("records"):
        behind = sources[tie["statement"]]
        groups = joined([(source, roots.roots(source)[0]) for source in behind], same["pairs"])
        known = all(roots.roots(source)[1] for source in behind)
        rows.append(
            {
                **_ends(support, tie["source"], tie["target"]), "tie": tie["kind"].replace("_", " "),
                "claims": int(counts[tie["statement"]]), "sources": len(behind), "origins": len(groups),
                "bound": "" if known else "at most", "grade": tie["grade"],
                "confirmed": "yes" if known and len(groups) > 1 else "no",
                "which": " | ".join(" = ".join(group) for group in groups), "statement": tie["statement"],
            }
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=[*COLUMNS, "statement"])
    copied = (table["sources"] - table["origins"]).astype(int)
    table = table.assign(copied=copied).sort_values(
        ["copied", "sources", "subject_id", "tie", "object_id"], ascending=[False, False, True, True, True],
        kind="stable",
    )  # fmt: skip
    shown = table.head(top) if top else table
    return Finding(
        name="origins",
        table=shown[COLUMNS].reset_index(drop=True),
        method="Sources share an origin where the roots of what they derive from meet, as declared, or where their "
        f"texts have {alike:.0%} of {4}-word shingles in common and were published within {hours} hours.",
        parameters={"name": name, "top": top, "alike": alike, "hours": hours, **graph.arguments},
        claims=support.claim_ids([[int(row)] for row in shown["statement"]]),
        literature=("Broder (1997)",),
        robustness={**_summary(table), "near-identical texts": same["listed"]},
        caveats=(
            "An undeclared derivation is not an independent origin: 'at most' means that the number may be lower.",
            "Reports may share a witness or an official that none of them names.",
        ),
        left_out={**graph.left_out, **({"further ties; --top 0 shows all": len(table) - len(shown)} if len(table) > len(shown) else {})},
        sentence="{subject} ({status}) {tie} {object} ({object_status})\n{sources} sources, {bound} {origins} origins · "
        "{grade}, confirmed: {confirmed} · {which}",
    )  # fmt: skip


def joined(sources: Iterable[tuple[str, frozenset[str]]], pairs: set[frozenset[str]]) -> list[list[str]]:
    """Groups of sources that share an origin: a root in common, or texts that are near-identical (`pairs`)."""
    groups: list[tuple[set[str], list[str]]] = []
    for source, roots in sources:
        merged, members = set(roots), [source]
        apart = []
        for known, of in groups:
            if known & merged or any(frozenset({source, other}) in pairs for other in of):
                merged |= known
                members = [*of, *members]
            else:
                apart.append((known, of))
        groups = [*apart, (merged, members)]
    return [sorted(members) for _, members in groups]


def _same_text(graph: Graph, alike: float, days: int) -> dict[str, Any]:
    """Pairs of sources with near-identical texts among the records used, and a line on each."""
    used = sorted({int(num) for num in graph.claims["record_num"]})
    records = {num: (source, key, text, day) for num, source, key, text, day in reading.texts(graph.file)}
    kept = [records[num] for num in used if num in records]
    if not kept:
        return {"pairs": set(), "listed": []}
    first, last, undated = spans(coded(objects(day for *_, day in kept)))
    first, last = np.where(undated, MAX_DAY, first), np.where(undated, MIN_DAY, last)
    found = copies(
        [text for _, _, text, _ in kept], first, last, [source for source, *_ in kept], alike=alike, days=days
    )
    listed = [
        {"source": kept[a][0], "other": kept[b][0], "alike": round(share, 3), "record": kept[a][1], "copy": kept[b][1]}
        for a, b, share in found
    ]
    return {"pairs": {frozenset({kept[a][0], kept[b][0]}) for a, b, _ in found}, "listed": listed}


def _ends(support: Backing, source: int, target: int) -> dict[str, object]:
    ids = support.graph.ids
    return {
        "subject": support.labels[source], "status": support.status[source], "subject_id": ids[source],
        "object": support.labels[target], "object_status": support.status[target], "object_id": ids[target],
    }  # fmt: skip


def _summary(table: pd.DataFrame) -> dict[str, int]:
    several = table["sources"] > 1
    return {
        "ties": len(table),
        "ties with one source": int((~several).sum()),
        "ties whose several sources are one origin": int((several & (table["origins"] == 1)).sum()),
        "ties with two origins or more, at most": int(((table["origins"] > 1) & (table["bound"] != "")).sum()),
        "ties with two declared origins or more": int((table["confirmed"] == "yes").sum()),
    }
