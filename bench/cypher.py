"""Cypher on both engines over one generated graph: building, publishing, every named query; each line with its target.

`python bench/cypher.py --ties 1000000` is the full size (100,000 nodes); the default is a tenth of it. `--parts` chooses
among cold, build, publish, queries and curve: a full-size run takes about 25 minutes on two cores. A Neo4j server is
started as in the tests, or named by ISTHMUS_TEST_NEO4J. Times are wall seconds, memory is the most that was resident.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.case import Case
from isthmus.graph.cypher.engine import Limits
from isthmus.graph.cypher.library import library
from isthmus.graph.cypher.neo4j import Neo4jEngine
from isthmus.graph.cypher.publish import Described, publish
from isthmus.graph.errors import IsthmusError
from isthmus.graph.record.rows import Claim, Record, SourceRow
from isthmus.queries.cypher import asking
from isthmus.queries.cypher.twins import TWINS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from isthmus.graph.cypher.engine import Engine
    from isthmus.graph.graph import Graph
    from isthmus.graph.record.rows import Row
    from tests.servers import Server

CODES = ["FR", "BE", "NL", "DE", "GB", "ES", "IT", "SE", "MA", "TN", "SY", "IQ", "TR", "GR", "AT", "DK"]
PARTS = ("cold", "build", "publish", "queries", "curve")
ROWS = 10_000
FIRST_BUILD = """
import resource, sys, time
from isthmus.case import Case
from isthmus.graph.cypher import jvm
from isthmus.graph.cypher import cache
from isthmus.graph.cypher.arcadedb import build
from isthmus.queries.cypher import asking
with Case.open(sys.argv[1]) as case:
    steps = [time.perf_counter()]
    graph = case.graph
    graph.statements
    steps.append(time.perf_counter())
    made = asking.whole_projection(graph, evidence=False)
    steps.append(time.perf_counter())
    build(jvm.start(cache.folder()), cache.scratch() / "db", made)
    steps.append(time.perf_counter())
print(*(after - before for before, after in zip(steps, steps[1:])), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
FIRST_CYPHER = """
import sys, time
began = time.perf_counter()
from isthmus.case import Case
from isthmus.queries.query import query
with Case.open(sys.argv[1]) as case:
    graph = case.graph
    query(graph, "coordinators")
    first = time.perf_counter() - began
    began = time.perf_counter()
    query(graph, "coordinators")
    print(first, time.perf_counter() - began)
"""


def rows(ties: int, seed: int = 1) -> Iterator[Row]:
    """A case of `ties` ties and a tenth as many nodes: seven in ten are people, two events, one cells."""
    draw = np.random.default_rng(seed)
    nodes = ties // 10
    people, events, cells = nodes * 7 // 10, nodes * 2 // 10, nodes // 10
    yield SourceRow("bench", "Generated")
    record = Record("bench", "all")
    yield record

    def claim(subject: str, name: str, value: str, valid: str = "") -> Claim:
        return Claim(record.id, subject, name, value, valid)

    for letter, kind, count in (("p", "Person", people), ("e", "Event", events), ("c", "Cell", cells)):
        for at in range(count):
            yield claim(f"{letter}{at}", "kind", kind)
    kinds = np.array(["attack", "plot", "arrest", "travel", "meeting"])[draw.integers(0, 5, events)]
    for at in range(events):
        yield claim(f"e{at}", "event_kind", str(kinds[at]))
        yield claim(f"e{at}", "date", f"201{draw.integers(3, 7)}-{draw.integers(1, 13):02}")
    for letter, tie, count in (("p", "citizen_of", people), ("e", "occurred_in", events), ("c", "operates_in", cells)):
        for at in range(count):
            yield claim(f"{letter}{at}", tie, CODES[int(draw.integers(0, len(CODES)))])
    rest = ties - people - events - cells
    shares = {("took_part_in", "e", events): 0.3, ("travelled_in", "e", events): 0.1, ("member_of", "c", cells): 0.1,
              ("met", "p", people): 0.4, ("directed", "e", events): 0.05, ("sibling_of", "p", people): 0.05}  # fmt: skip
    for (tie, letter, count), share in shares.items():
        many = int(rest * share)
        ends = zip(draw.integers(0, people, many).tolist(), draw.integers(0, count, many).tolist(), strict=True)
        for source, target in ends:
            if (letter, source) != ("p", target):
                yield claim(f"p{source}", tie, f"{letter}{target}", "2015")


def more(ties: int) -> Iterator[Row]:
    """A hundredth as many claims again, of ties that were there already and of new ones."""
    draw = np.random.default_rng(2)
    people = ties // 10 * 7 // 10
    yield SourceRow("later", "Generated later")
    record = Record("later", "all")
    yield record
    for source, target in draw.integers(0, people, (ties // 100, 2)).tolist():
        if source != target:
            yield Claim(record.id, f"p{source}", "met", f"p{target}", "2016")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def said(what: str, value: float, unit: str, target: float | None = None, *, least: bool = False) -> None:
    """A figure, and whether it keeps to its target: the most it may be, or the `least`."""
    word = ""
    if target is not None:
        kept = value >= target if least else value <= target
        word = f"{'at least' if least else 'at most'} {target:g} {unit}: {'ok' if kept else 'SHORT'}"
    print(f"  {what:<58}{value:10.3f} {unit:<6}{word}", flush=True)


def run_script(script: str, path: Path) -> list[float]:
    """Figures that a fresh process prints."""
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=True, capture_output=True, text=True)
    return [float(word) for word in done.stdout.split()]


def cold(folder: Path) -> None:
    """First and second Cypher on the shipped case in a fresh process with an empty cache."""
    from isthmus.data import load_shipped

    with Case.create(folder / "shipped.case") as case:
        load_shipped(case.file)
    print("shipped case")
    first, second = run_script(FIRST_CYPHER, folder / "shipped.case")
    said("first Cypher, cold, Java included", first, "s", 4)
    said("second Cypher", second, "s", 0.05)


def build(path: Path) -> float:
    """Seconds of making the embedded projection, from the graph on, in a fresh process."""
    print("embedded projection, ties only")
    fold, project, fill, peak = run_script(FIRST_BUILD, path)
    said("fold, as the cache keeps it", fold, "s")
    said("projection from the graph", project, "s")
    said("building from the projection, start of Java included", fill, "s")
    said("projection and building", project + fill, "s", 30)
    said("most memory of the process, Java in it", peak / 1024**2, "GB", 2.5)
    return project + fill


def publishing(path: Path, ties: int, url: str, built: float | None) -> None:
    """A whole generation, then one of which a hundredth changed, in a copy of the case."""
    copy = path.with_suffix(".changed")
    shutil.copy(path, copy)
    with Case.open(copy) as case:
        made = asking.whole_projection(case.graph, evidence=False)
        print(f"publishing to Neo4j, {made.counts()[0]:,} nodes and {made.counts()[1]:,} ties")
        whole = publish(made, url, Described("bench", case.file.version, ""), parallel=2).seconds
        said("a first generation, 5,000 rows a statement, 2 at a time", whole, "s")
        if built is not None:
            said("as many times the embedded projection", whole / built, "times", 4, least=True)
        case.load(more(ties), source="later")
        after = asking.whole_projection(case.graph, evidence=False)
        done = publish(after, url, Described("bench", case.file.version, ""), parallel=2)
        said(f"incremental: {done.changed or 0:,} changed of 1 % more claims", done.seconds, "s")
        said("of the time of a whole one", 100 * done.seconds / whole, "%", 5)


def curve(graph: Graph, running: Server) -> None:
    made = asking.whole_projection(graph, evidence=False)
    print(f"publishing {made.counts()[1]:,} ties whole, by rows a statement and statements at a time (s)")
    for size in (1_000, 5_000, 20_000):
        for parallel in (1, 2, 4):
            running.empty()
            done = publish(made, running.url, Described("bench", 1, ""), size=size, parallel=parallel)
            print(f"  {size:>6} rows × {parallel}: {done.seconds:7.1f}", flush=True)


def asked(ask: Callable[[str, dict[str, Any]], Any], names: Iterable[str], again: int = 2) -> dict[str, float | str]:
    """Best warm time of each named query, or why there is none."""
    values = {"person": "p1", "other": "p2", "entity": "p1", "country": "FR", "day": "2015-06-01"}
    found: dict[str, float | str] = {}
    for name in names:
        query = library()[name]
        work = partial(ask, name, query.bind({p.name: values[p.name] for p in query.parameters if p.required}))
        try:
            work()
            found[name] = min(timed(work)[0] for _ in range(again))
        except IsthmusError as error:
            found[name] = str(error)[:11]
    return found


def queries(graph: Graph, remote: Engine, seconds: float) -> None:
    """Every named query on both engines, and over arrays where it has a twin; 10,000 rows at most, as the commands."""

    def by(engine: Engine) -> dict[str, float | str]:
        limits = Limits(seconds, ROWS)
        return asked(lambda name, bound: engine.read(library()[name].text, bound, limits), library())

    arrays = asked(lambda name, bound: TWINS[name](graph, bound, ROWS + 1), TWINS)
    report(by(asking.embedded(graph, evidence=False)), by(remote), arrays)


def report(one: dict[str, float | str], two: dict[str, float | str], arrays: dict[str, float | str]) -> None:
    print(f"  {'warm query, seconds':<32}{'embedded':>12}{'Neo4j':>12}{'arrays':>12}")
    wins = offered = 0
    untwinned, slow = [], []
    for name in one:
        cells = [one[name], two[name], arrays.get(name, "")]
        print(f"  {name:<32}" + "".join(f"{c:12.3f}" if isinstance(c, float) else f"{c:>12}" for c in cells))
        own, other = (value if isinstance(value, float) else float("inf") for value in cells[:2])
        twin = arrays.get(name, float("inf"))
        wins += own <= other
        offered += min(own, twin if isinstance(twin, float) else own) <= other
        if max(own, other) > 2:
            untwinned += [name] if name not in arrays else []
            slow += [twin] if isinstance(twin, float) else []
    said("named queries on which the embedded engine is no slower", wins, "", 18, least=True)
    said("the same, with the twins that answer where a case is large", offered, "", 18, least=True)
    said("slowest twin of a query over 2 s on either engine", max(slow, default=0.0), "s", 0.5)
    said(f"queries over 2 s without a twin {' '.join(untwinned)}", len(untwinned), "", 0)


def server(folder: Path) -> Server:
    from tests.servers import Server, start

    url = os.environ.get("ISTHMUS_TEST_NEO4J")
    if url:
        return Server(url, os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ["NEO4J_PASSWORD"])
    os.environ.setdefault("NEO4J_HEAP", "3g")
    return start(folder / "neo4j")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ties", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20.0, help="longest a query may take")
    parser.add_argument("--parts", default=",".join(PARTS), help="which parts, joined by commas")
    parser.add_argument(
        "--folder", type=Path, help="where the case is kept for the next part; a fresh one if not given"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        folder.mkdir(exist_ok=True)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        run(options.parts.split(","), options.ties, options.seconds, folder)


def run(parts: list[str], ties: int, seconds: float, folder: Path) -> None:
    if "cold" in parts:
        cold(folder)
    path = folder / f"{ties}.case"
    if not path.exists():
        with Case.create(path) as case:
            case.load(rows(ties), source="bench")
            taken, _ = timed(lambda: case.graph)
            print(f"fold of {ties:,} ties, first time: {taken:.1f} s")
    built = build(path) if "build" in parts else None
    if not set(parts) & {"publish", "queries", "curve"}:
        return
    running = server(folder)
    os.environ.update(running.environment())
    try:
        with Case.open(path) as case:
            if "curve" in parts:
                curve(case.graph, running)
                running.empty()
            if "publish" in parts:
                publishing(path, ties, running.url, built)
            if "queries" in parts:
                graph = case.graph
                made = asking.whole_projection(graph, evidence=False)
                publish(made, running.url, Described("bench", case.file.version, ""), parallel=2)
                with Neo4jEngine(running.url, made.scope) as remote:
                    queries(graph, remote, seconds)
        asking.close_all()
    finally:
        running.stop()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
