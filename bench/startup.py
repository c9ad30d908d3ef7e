"""What a start costs: processor seconds and peak memory of each command, beside those of what it stands on.

python bench/startup.py [--before TREE] [--large CASE]

Each figure is the least of several runs, after one that is not counted: it compiles, and keeps what is kept of the case.
`--before` names a work tree of a former release, whose answers are timed in turn with these. `--large` names a case of
a million ties or so, made by `bench/core.py`'s `claims`; both releases fold it once before they are timed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

RUNS = 5
LOAD = """
import sys
from isthmus.case import Case
from isthmus.data import load_shipped
with Case.create(sys.argv[1]) as case:
    load_shipped(case.file)
"""  # in a process of its own: the peak of a child is never less than that of who started it
CLICK = ["-c", "import click"]
ARRAYS = ["-c", "import numpy, sqlite3, click"]
QUESTIONS = (
    "cross-border",
    "layers",
    "path abaaoud salah-abdeslam",
    "rank degree",
    "profile",
    "brokers",
    "origins",
)


class Cost(NamedTuple):
    """Processor seconds and megabytes of a process."""

    seconds: float
    memory: float


class Tree(NamedTuple):
    """A work tree to run from, with a cache of its own."""

    root: Path
    cache: Path

    def run(self, arguments: list[str], **environment: str) -> Cost:
        """What one run of Python with these arguments costs."""
        given = {**os.environ, "PYTHONPATH": str(self.root), "XDG_CACHE_HOME": str(self.cache), **environment}
        given.pop("PYTHONDONTWRITEBYTECODE", None)
        child = os.fork()
        if not child:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            os.chdir(self.root)
            os.execve(sys.executable, [sys.executable, *arguments], given)  # noqa: S606  this Python itself
        _, ended, used = os.wait4(child, 0)
        if ended:
            raise SystemExit(f"{' '.join(arguments)}: exit {os.waitstatus_to_exitcode(ended)}")
        return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def least(costs: list[Cost]) -> Cost:
    return Cost(min(cost.seconds for cost in costs), min(cost.memory for cost in costs))


def beside(one: tuple[Tree, list[str]], peer: tuple[Tree, list[str]], **environment: str) -> tuple[Cost, Cost]:
    """The least costs of two commands that run in turn."""
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for at in range(RUNS + 1):
        for (tree, arguments), known in zip((one, peer), costs, strict=True):
            cost = tree.run(arguments, **environment)
            known += [cost] if at else []
    return least(costs[0]), least(costs[1])


def row(what: str, costs: tuple[Cost, Cost], seconds: float, memory: float) -> None:
    """A line: both costs, their ratios, and the ratios that were aimed at."""
    (own, megabytes), (other, others) = costs
    met = own <= seconds * other and megabytes <= memory * others
    print(
        f"{what:<34} {own:6.3f} s {own / other:5.2f}x (≤ {seconds:.1f})   {megabytes:6.0f} MB {megabytes / others:5.2f}x "
        f"(≤ {memory:.1f})   {'ok' if met else 'SHORT'}"
    )


def starts(here: Tree, case: Path) -> None:
    peer = here, CLICK
    for word in ("--version", "--help"):
        row(word, beside((here, ["-m", "isthmus", word]), peer), 2, 2)
    words = {"_ISTHMUS_COMPLETE": "zsh_complete", "COMP_WORDS": f"isthmus show --case {case} sal", "COMP_CWORD": "4"}
    call = "import sys; sys.argv = ['isthmus']; from isthmus.cli import main; main()"
    row("completion of a name", beside((here, ["-c", call]), peer, **words), 2, 2)


def looks(here: Tree, case: Path) -> None:
    for words in ("find abdeslam", "show abaaoud", "info", "sources"):
        at = [] if words == "sources" else ["--case", str(case)]
        row(words, beside((here, ["-m", "isthmus", *words.split(), *at]), (here, ARRAYS)), 2, 1.7)


def compared(here: Tree, before: Tree, folder: Path) -> None:
    """Each release is asked of the shipped case as it reads it: a former one need not know today's vocabulary."""
    demos = [folder / name for name in ("here-demo", "before-demo")]
    for tree, demo in zip((here, before), demos, strict=True):
        tree.run(["-m", "isthmus", "demo", "--out", str(demo)])
    for words in QUESTIONS:
        asked = [["-m", "isthmus", *words.split(), "--case", str(demo / "isis_europe.case")] for demo in demos]
        row(f"{words}, beside before", beside((here, asked[0]), (before, asked[1])), 0.6, 1)


def large(here: Tree, before: Tree, case: Path) -> None:
    asked = ["-m", "isthmus", "show", "p77", "--case", str(case)]
    costs = beside((here, asked), (before, asked))
    row("show in a large case, beside before", costs, 0.3, 300 / costs[1].memory)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--large", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shipped.case"
        subprocess.run([sys.executable, "-c", LOAD, path], check=True)
        here = Tree(Path(__file__).parents[1].resolve(), Path(folder) / "here")
        starts(here, path)
        looks(here, path)
        if given.before:
            before = Tree(given.before.resolve(), Path(folder) / "before")
            compared(here, before, Path(folder))
            if given.large:
                large(here, before, given.large.resolve())


if __name__ == "__main__":
    main()
