"""Cypher on both engines: building, publishing, and every named query, over one generated graph.

`python bench/cypher.py --ties 1000000` is the full size (100,000 nodes); the default is a tenth of it. A Neo4j server
is started as in the tests, or named by ISTHMUS_TEST_NEO4J. Times are wall seconds; `cpu` is this process's own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from isthmus.graph.case import Case
from isthmus.graph.cypher.engine import Limits
from isthmus.graph.cypher.library import library
from isthmus.graph.cypher.neo4j import Neo4jEngine
from isthmus.graph.cypher.publish import Described, publish
from isthmus.graph.errors import IsthmusError
from isthmus.graph.records import Claim, Record, SourceRow
from isthmus.queries.cypher import asking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from isthmus.graph.cypher.engine import Engine
    from isthmus.graph.cypher.projection import Projection
    from isthmus.graph.records import Row
    from tests.servers import Server

CODES = ["FR", "BE", "NL", "DE", "GB", "ES", "IT", "SE", "MA", "TN", "SY", "IQ", "TR", "GR", "AT", "DK"]


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


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def asked(engine: Engine, seconds: float, again: int = 2) -> dict[str, float | str]:
    """Best warm time of each named query, or why there is none."""
    values = {"person": "p1", "other": "p2", "entity": "p1", "country": "FR", "day": "2015-06-01"}
    found: dict[str, float | str] = {}
    for name, query in library().items():
        bound = query.bind({p.name: values[p.name] for p in query.parameters if p.required})
        ask = partial(engine.read, query.text, bound, Limits(seconds, 10_000))
        try:
            ask()
            found[name] = min(timed(ask)[0] for _ in range(again))
        except IsthmusError as error:
            found[name] = str(error).splitlines()[0][:60]
    return found


def server(folder: Path) -> Server:
    from tests.servers import Server, start

    url = os.environ.get("ISTHMUS_TEST_NEO4J")
    if url:
        return Server(url, os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ["NEO4J_PASSWORD"])
    os.environ.setdefault("NEO4J_HEAP", "3g")
    return start(folder / "neo4j")


def curve(made: Projection, url: str, said: Described) -> None:
    print("publishing, by rows a statement and statements at a time (s)")
    for size in (1_000, 5_000, 20_000):
        for parallel in (1, 2, 4):
            done = publish(made, url, said, size=size, parallel=parallel)
            print(f"  {size:>6} rows × {parallel}: {done.seconds:7.1f}")


def cold() -> None:
    """First and second Cypher on the shipped case in a fresh process with an empty cache."""
    script = (
        "import sys, time; began = time.perf_counter()\n"
        "from isthmus.graph.case import Case\nfrom isthmus.queries.query import query\n"
        "with Case.open(sys.argv[1]) as case:\n graph = case.graph(); query(graph, 'coordinators')\n"
        " first = time.perf_counter() - began; began = time.perf_counter(); query(graph, 'coordinators')\n"
        " print(f'{first:.2f} {time.perf_counter() - began:.3f} {time.process_time():.2f}')\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        from isthmus.data import load_shipped

        with Case.create(Path(folder) / "shipped.case") as case:
            load_shipped(case)
        for word in ("empty cache", "made before"):
            said = subprocess.run(
                [sys.executable, "-c", script, f"{folder}/shipped.case"], check=True, capture_output=True, text=True,
                env={**os.environ, "XDG_CACHE_HOME": folder},
            ).stdout.split()  # fmt: skip
            print(f"shipped case, {word}: first {said[0]} s, second {said[1]} s (cpu {said[2]} s)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ties", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=60.0, help="longest a query may take")
    parser.add_argument("--curve", action="store_true", help="publish for each batch size and parallelism")
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    options = parser.parse_args()
    cold()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        run(options, folder)


def run(options: argparse.Namespace, folder: Path) -> None:
    with Case.create(folder / "bench.case") as case:
        case.load(rows(options.ties), source="bench")
        graph = case.graph()
        taken, made = timed(lambda: asking.whole_projection(graph, evidence=False))
        nodes, ties = made.counts()
        print(f"{nodes:,} nodes, {ties:,} ties; projection in {taken:.1f} s")
        build, embedded = timed(lambda: asking.embedded(graph, evidence=False))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        print(f"embedded built in {build:.1f} s (projection again in it); this process at most {peak:.2f} GB")
        running = server(folder)
        os.environ |= running.environment()
        said = Described("bench", case.version, "")
        done = publish(made, running.url, said)
        print(f"published in {done.seconds:.1f} s: {done.seconds / build:.1f} times the embedded build")
        if options.curve:
            curve(made, running.url, said)
        with Neo4jEngine(running.url, made.scope) as remote:
            one, two = asked(embedded, options.seconds), asked(remote, options.seconds)
        report(one, two)
        if options.out:
            figures = {"ties": ties, "build": build, "publish": done.seconds, "arcadedb": one, "neo4j": two}
            options.out.write_text(json.dumps(figures, indent=2), encoding="utf-8")
        asking.close_all()
        running.stop()


def report(one: dict[str, float | str], two: dict[str, float | str]) -> None:
    quicker = 0
    print(f"{'warm query':<32}{'embedded':>10}{'Neo4j':>10}")
    for name in one:
        cells = [f"{value:10.3f}" if isinstance(value, float) else f"  {value}" for value in (one[name], two[name])]
        print(f"{name:<32}{''.join(cells)}")
        left, right = one[name], two[name]
        quicker += isinstance(left, float) and (not isinstance(right, float) or left <= right)
    print(f"embedded no slower on {quicker} of {len(one)}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    main()
