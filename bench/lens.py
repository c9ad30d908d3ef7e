"""Moving the lens: 48 monthly views, of what was so and of what was known, with the people in view and their degrees.

    python bench/lens.py [TIES ...]

On the shipped case and on cases made up of so many ties (100,000 and 1,000,000 unless others are given), beside DuckDB
(a filter and a group by over the same ties, which are put into it with their days worked out) and Raphtory (`window` and
`degree`), all in one run. Figures are CPU seconds a view, of all threads. DuckDB's people and degrees have to be equal in
every view (of the shipped case, where sources date one tie differently and countries hold what no one published, the
tests say what is right). Raphtory counts neighbours and not ties, so that its numbers are not compared. Of two views of each clock
grades and chances have to be those of a case that holds what was in view and nothing else, folded anew. A view has to
keep no file, and all of them no more memory than the fold of the whole record took.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import numpy as np
import pandas as pd
from raphtory import Graph as Moments
from raphtory import PersistentGraph

from isthmus.case import Case
from isthmus.data import load_shipped
from isthmus.graph import dates
from isthmus.graph.record.rows import Assessment, Claim, Record, SourceRow
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from isthmus.graph.record.rows import Row

    Degrees = NDArray[np.int64]

SHIPPED = "shipped"
MONTHS = [f"{year}-{month:02}" for year in range(2013, 2017) for month in range(1, 13)]
CLOCKS = ("valid", "known_by")
CHECKED = (MONTHS[12], MONTHS[30])
KINDS = ("met", "recruited", "housed", "travelled_with")
NEVER = date.max.toordinal()
MILLISECONDS = {"valid": 2.0, "known_by": 2.0}  # a view of the shipped case
SQL = {
    "valid": "first <= $until AND last >= $since",
    "known_by": "known <= $until",
}


class Tie(NamedTuple):
    """What one source says of two people: when it was so, and when that was published."""

    left: int
    kind: str
    right: int
    valid: str
    source: int
    published: str


def ties(count: int) -> list[Tie]:
    """`count` ties of a tenth as many people, one in ten undated, one in twenty told by a second source later."""
    chance, people = random.Random(count), max(10, count // 10)  # noqa: S311  drawn, and the same each time
    made: dict[tuple[int, str, int], list[Tie]] = {}
    while len(made) < count:
        left, right = chance.randrange(people), chance.randrange(people)
        kind = chance.choice(KINDS)
        year, month = chance.randrange(2012, 2017), chance.randrange(1, 13)
        valid = chance.choice(
            [f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-15", f"{year - 1}/{year}", f"{year}/"]
        )
        valid = "" if chance.random() < 0.1 else valid
        if left != right:
            source = chance.randrange(400)
            made.setdefault((left, kind, right), [Tie(left, kind, right, valid, source, published(source))])
    again = [one for (one,) in made.values() if chance.random() < 0.05]
    later = [tie._replace(source=400 + tie.source, published=published(400 + tie.source)) for tie in again]
    return [*(one for (one,) in made.values()), *later]


def published(source: int) -> str:
    """The day on which a source was published: the first 400 from 2012 on, those that say it again from 2014."""
    first = date(2012, 1, 1) if source < 400 else date(2014, 1, 1)
    return date.fromordinal(first.toordinal() + 4 * (source % 400)).isoformat()


def rows(told: list[Tie]) -> Iterator[Row]:
    """The rows of a case in which each source is one record of ties, and one more names everyone."""
    for source in sorted({tie.source for tie in told}):
        yield SourceRow(f"s{source}", published=published(source), derived_from="own")
        yield Assessment("source", f"s{source}", "ABCD"[source % 4], "bench")
    records = {
        source: Record(f"s{source}", "row", published=published(source)) for source in {tie.source for tie in told}
    }
    yield from records.values()
    names = Record("names", "row", published="2020")
    yield SourceRow("names", published="2020")
    yield names
    for one in sorted({end for tie in told for end in (tie.left, tie.right)}):
        yield Claim(names.id, f"p{one}", "kind", "Person")
        yield Claim(names.id, f"p{one}", "name", f"Name {one}")
        yield Claim(names.id, f"p{one}", "citizen_of", ("FR", "BE", "DE")[one % 3])
    ids = {source: record.id for source, record in records.items()}
    for tie in told:
        yield Claim(ids[tie.source], f"p{tie.left}", tie.kind, f"p{tie.right}", tie.valid)


def columns(case: Case) -> pd.DataFrame:
    """The ties of people in a case that place no one: their ends as numbers, their days, and when they were known.

    What a lens goes by is on each row, so that a peer has to filter and no more.
    """
    graph = case.graph
    kinds, people = wanted(), graph.of_kind("Person")
    table = graph.statement_table
    at = graph.tie_rows(kinds)
    at = at[people[table["subject"][at]] & people[table["value_at"][at]]]
    claims = graph.claim_table
    read = claims.coded("published").of(lambda text: dates.day(text) if text else NEVER, np.int64)
    known = np.minimum.reduceat(read, graph.offsets[:-1])[at]
    return pd.DataFrame({
        "a": table["subject"][at], "b": table["value_at"][at], "first": table["first_day"][at],
        "last": table["last_day"][at], "known": known,
    })  # fmt: skip


def wanted() -> set[str]:
    """Kinds of tie that are counted: none that places, and none that was so all along."""
    words = schema()
    return {kind for kind in words.ties if kind not in words.placing and kind not in words.timeless}


class Here:
    """Isthmus: the graph through a lens, and the ends of its ties counted."""

    def __init__(self, case: Case) -> None:
        self.case, self.ids = case, case.graph.ids
        self.kinds = wanted()

    def degrees(self, clock: str, month: str) -> tuple[NDArray[Any], Degrees]:
        graph = self.case.through(**{clock: month}).graph
        people = graph.of_kind("Person")
        source, target = graph.ends_of(self.kinds)
        between = people[source] & people[target]
        ends = np.concatenate([source[between], target[between]])
        count = np.bincount(ends, minlength=len(people))
        return graph.ids[count > 0], count[count > 0]


class Duck:
    """DuckDB: a filter over the same ties, and a group by."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.connection = duckdb.connect()
        self.connection.register("given", table)
        self.connection.execute("CREATE TABLE ties AS SELECT * FROM given")

    def degrees(self, clock: str, month: str) -> tuple[NDArray[Any], Degrees]:
        span = dates.parse(month)
        given = {"until": span.last} | ({"since": span.first} if clock == "valid" else {})
        found = self.connection.execute(
            f"WITH seen AS (SELECT a, b FROM ties WHERE {SQL[clock]}) SELECT one, count(*) AS count FROM "
            "(SELECT a AS one FROM seen UNION ALL SELECT b FROM seen) GROUP BY one", given,
        ).fetchnumpy()  # fmt: skip
        return np.asarray(found["one"]), np.asarray(found["count"])


class Raph:
    """Raphtory: a window on a graph of ties that begin and end, or that become known."""

    def __init__(self, table: pd.DataFrame) -> None:
        lasting, known = PersistentGraph(), Moments()
        begin, end = table.assign(day=table["first"]), table.assign(day=table["last"] + 1)
        lasting.load_edges(begin, time="day", src="a", dst="b")
        lasting.load_edge_deletions(end[end["last"] < NEVER], time="day", src="a", dst="b")
        known.load_edges(table[table["known"] < NEVER], time="known", src="a", dst="b")
        self.graphs = {"valid": lasting, "known_by": known}

    def degrees(self, clock: str, month: str) -> tuple[NDArray[Any], Degrees]:
        span = dates.parse(month)
        since = span.first if clock == "valid" else 0
        found = self.graphs[clock].window(since, span.last + 1).nodes.degree().to_df()
        return found["node"].to_numpy(), found["value"].to_numpy()


def timed(asked: Callable[[str, str], Any], clock: str) -> float:
    """CPU seconds a view, after one that warms up."""
    asked(clock, MONTHS[-1])
    begin = time.process_time()
    for month in MONTHS:
        asked(clock, month)
    return (time.process_time() - begin) / len(MONTHS)


def equal(here: Here, duck: Duck) -> None:
    """People and degrees of every view are DuckDB's."""
    whole = here.ids
    for clock in CLOCKS:
        for month in MONTHS:
            ids, count = here.degrees(clock, month)
            at, other = duck.degrees(clock, month)
            order = np.argsort(at)
            assert ids.tolist() == whole[at[order]].tolist(), f"people in view, {clock} {month}"
            assert count.tolist() == other[order].tolist(), f"degrees, {clock} {month}"


def evidence(case: Case) -> dict[str, list[Any]]:
    """Grades, chances and origins of each tie in view, in their order."""
    table = case.graph.statement_table
    at = case.graph.tie_rows(KINDS)
    return {name: table[name][at].tolist() for name in ("grade", "probability", "low", "high", "origins", "affirmed")}


def fresh(folder: Path, case: Case, told: list[Tie]) -> None:
    """Grades and chances of some views are those of a case of what is in view alone."""
    for clock in CLOCKS:
        for month in CHECKED:
            span = dates.parse(month)
            rest = [tie for tie in told if _passes(tie, clock, span)]
            with Case.create(folder / f"{clock}-{month}.case") as cut:
                cut.load(rows(rest), source="bench")
                assert evidence(cut) == evidence(case.through(**{clock: month})), f"evidence, {clock} {month}"


def _passes(tie: Tie, clock: str, span: dates.Span) -> bool:
    if clock == "known_by":
        return dates.day(tie.published) <= span.last
    own = dates.parse(tie.valid)
    return own.first <= span.last and own.last >= span.first


def memory() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def kept(folder: Path) -> tuple[int, int]:
    """How many files, and how many bytes."""
    files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(files), sum(files)


def row(what: str, figure: str, target: str, met: bool) -> None:
    print(f"{what:<58} {figure:>22}   {target:<30} {'ok' if met else 'SHORT'}", flush=True)


def moves(name: str, case: Case, cache: Path) -> None:
    """Print what 48 views take of a case."""
    case.graph  # noqa: B018  the fold of the whole record, once
    folded, here = memory(), Here(case)
    for clock in CLOCKS:
        here.degrees(clock, MONTHS[0])  # what every lens asks of the whole record is worked out once, and kept with it
    before = kept(cache)
    ours = {clock: timed(here.degrees, clock) for clock in CLOCKS}
    after, files = memory(), kept(cache)
    table = columns(case)
    duck, raph = Duck(table), Raph(table)
    print(f"-- {name}: {len(table):,} ties between people")
    if name != SHIPPED:
        equal(here, duck)
    for clock in CLOCKS:
        theirs, other = timed(duck.degrees, clock), timed(raph.degrees, clock)
        said = f"{1000 * ours[clock]:.1f} ms"
        if name == SHIPPED:
            row(
                f"a view by {clock}",
                said,
                f"at most {MILLISECONDS[clock]} ms",
                1000 * ours[clock] <= MILLISECONDS[clock],
            )
            continue  # with so few ties each takes what a call takes
        ratio = ours[clock] / theirs
        row(f"a view by {clock}, DuckDB {1000 * theirs:.1f} ms", f"{said}, {ratio:.2f} x", "at most 2 x", ratio <= 2)
        ratio = ours[clock] / other
        row(f"a view by {clock}, Raphtory {1000 * other:.1f} ms", f"{said}, {ratio:.2f} x", "less than 1 x", ratio < 1)
    row("memory beyond the fold's", f"{after - folded:.0f} of {folded:.0f} MB", "none", after - folded <= 0.1 * folded)
    more = files[0] - before[0], (files[1] - before[1]) / 1e6
    row("files that views keep", f"{more[0]}, {more[1]:.1f} MB", "none", not more[0])


def main(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        with Case.create(folder / "shipped.case") as case:
            load_shipped(case.file)
            moves(SHIPPED, case, folder / "cache")
        for size in sizes:
            told = ties(size)
            with Case.create(folder / f"{size}.case") as case:
                case.load(rows(told), source="bench")
                moves(f"{size:,} ties", case, folder / "cache")
                if size <= 100_000:
                    fresh(folder, case, told)
                    print(f"grades and chances of {2 * len(CHECKED)} views are those of a fresh fold")


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or [100_000, 1_000_000])
