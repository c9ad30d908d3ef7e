"""Are these four reports one report? Ties by the number of independent origins behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.dates import MAX_DAY, MIN_DAY
from isthmus.graph.errors import BadQuestion
from isthmus.graph.fold.columns import spans
from isthmus.graph.fold.origins import origins_of
from isthmus.graph.fold.table import coded, objects
from isthmus.graph.record import reading
from isthmus.queries.backing import Backing
from isthmus.queries.evidence.copies import ALIKE, DAYS, copies
from isthmus.queries.finding import Finding, of_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
    ties = graph.tie_table
    if at is not None:
        ties = ties.take((ties["source"] == at) | (ties["target"] == at))
    support, sources_of, counts = Backing(graph), _sources(graph), np.diff(graph.offsets)
    rows = []
    for tie in ties.records():
        sources = sources_of(tie["statement"])
        groups = joined([(source, roots.roots(source)[0]) for source in sources], same["pairs"])
        known = all(roots.roots(source)[1] for source in sources)
        rows.append(
            {
                **_ends(support, tie["source"], tie["target"]), "tie": tie["kind"].replace("_", " "),
                "claims": int(counts[tie["statement"]]), "sources": len(sources), "origins": len(groups),
                "bound": "" if known else "at most", "grade": tie["grade"],
                "confirmed": "yes" if known and len(groups) > 1 else "no",
                "which": " | ".join(" = ".join(group) for group in groups), "statement": tie["statement"],
            }
        )  # fmt: skip
    rows.sort(key=_most_copied)
    shown = rows[:top] if top else rows
    return Finding(
        name="origins",
        table=of_records(COLUMNS, shown),
        method="Sources share an origin where the roots of what they derive from meet, as declared, or where their "
        f"texts have {alike:.0%} of {4}-word shingles in common and were published within {hours} hours.",
        parameters={"name": name, "top": top, "alike": alike, "hours": hours, **graph.arguments},
        claims=support.claim_ids([[row["statement"]] for row in shown]),
        literature=("Broder (1997)",),
        robustness={**_summary(rows), "near-identical texts": same["listed"]},
        caveats=(
            "An undeclared derivation is not an independent origin: 'at most' means that the number may be lower.",
            "Reports may share a witness or an official that none of them names.",
        ),
        left_out={**graph.left_out, **({"further ties; --top 0 shows all": len(rows) - len(shown)} if len(rows) > len(shown) else {})},
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
    used = np.unique(graph.claim_table["record"]).tolist()
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


def _sources(graph: Graph) -> Callable[[int], list[str]]:
    """Gives the sources whose claims affirm a statement, each once, in the order of the claims."""
    bounds, sources = graph.offsets.tolist(), graph.claim_table["source"].tolist()
    affirmed = graph.claim_table.coded("polarity").among({"affirmed"}).tolist()

    def of(statement: int) -> list[str]:
        rows = range(bounds[statement], bounds[statement + 1])
        return list(dict.fromkeys(sources[row] for row in rows if affirmed[row]))

    return of


def _most_copied(row: dict[str, Any]) -> tuple[Any, ...]:
    """The order of rows: first where most sources come to fewest origins."""
    return row["origins"] - row["sources"], -row["sources"], row["subject_id"], row["tie"], row["object_id"]


def _summary(rows: list[dict[str, Any]]) -> dict[str, int]:
    several = [row for row in rows if row["sources"] > 1]
    return {
        "ties": len(rows),
        "ties with one source": len(rows) - len(several),
        "ties whose several sources are one origin": sum(row["origins"] == 1 for row in several),
        "ties with two origins or more, at most": sum(row["origins"] > 1 and bool(row["bound"]) for row in rows),
        "ties with two declared origins or more": sum(row["confirmed"] == "yes" for row in rows),
    }
