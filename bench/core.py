"""Loading, folding and the first answer: each figure beside a peer in the same run.

python bench/core.py [CLAIMS]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from isthmus.case import Case
from isthmus.data import load_shipped
from isthmus.graph.record.rows import Claim, Record, SourceRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from isthmus.graph.record.rows import Row


def claims(count: int) -> Iterator[Row]:
    """`count` claims on people, five a record."""
    people = count // 5
    yield SourceRow("bench", "generated")
    for at in range(people):
        record = Record("bench", f"row {at}", f"line {at}")
        yield record
        identity, person = record.id, f"p{at}"
        yield Claim(identity, person, "kind", "Person")
        yield Claim(identity, person, "name", f"Name {at}")
        yield Claim(identity, person, "citizen_of", ("FR", "BE", "DE")[at % 3])
        yield Claim(identity, person, "met", f"p{at * 7919 % people}", "2015-11")
        yield Claim(identity, person, "recruited", f"p{at * 104729 % people}", "2015")


def timed(work: Callable[[], object]) -> float:
    """Wall seconds of the fastest of three runs."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def row(what: str, figure: str, target: str, met: bool) -> None:
    print(f"{what:<58} {figure:>22}   {target:<24} {'ok' if met else 'SHORT'}")


def loads(folder: Path, count: int) -> Case:
    case = Case.create(folder / "bench.case")
    start = time.perf_counter()
    case.load(claims(count), source="bench")
    first = time.perf_counter() - start
    version = case.file.version
    again = timed(lambda: case.load(claims(count), source="bench"))
    rate = count / first
    row(f"{count:,} claims into an empty case", f"{rate:,.0f} a second", "60,000 a second", rate >= 60_000)
    row("again, changing nothing", f"{again / first:.2f} of the first", "at most 0.50", again <= first / 2)
    assert case.file.version == version
    return case


def folds(case: Case) -> None:
    fold = timed(lambda: Case(case.file).graph)

    def script() -> None:
        """What a notebook does: read the rows, add node and edge one by one."""
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for subject, name, value, valid in case.file.connection.execute(
            "SELECT subject, property, value, valid FROM claim"
        ):
            if name in ("met", "recruited", "citizen_of"):
                graph.add_edge(subject, value, key=name, valid=valid)
            else:
                graph.add_node(subject, **{name: value})

    peer = timed(script)
    row(
        "fold to columns (peer: plain NetworkX from the same rows)",
        f"{fold:.2f} s, {fold / peer:.1f}x",
        "under 1 s",
        fold < 1,
    )
    start = time.perf_counter()
    _ = case.graph.nx
    made = time.perf_counter() - start
    row("to graph.nx, with every field", f"{made:.2f} s, {made / peer:.1f}x", "under 3 s", made < 3)


def cold(folder: Path) -> None:
    path = folder / "shipped.case"
    with Case.create(path) as case:
        load_shipped(case.file)
    command = [sys.executable, "-m", "isthmus", "--case", str(path), "cross-border", "--json"]
    wall = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    peer = timed(lambda: subprocess.run([sys.executable, "-c", "import networkx, pandas"], check=True))
    row(
        "isthmus cross-border, cold (peer: import networkx, pandas)",
        f"{wall:.2f} s, {wall / peer:.1f}x",
        "under 1.5 s",
        wall < 1.5,
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        case = loads(Path(folder), count)
        folds(case)
        case.close()
        cold(Path(folder))


if __name__ == "__main__":
    main()
