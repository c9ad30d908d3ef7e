"""Withdrawing a load, or a source with what derives from it alone: out of every graph from now on, and undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.acts.claims import in_words
from isthmus.graph.acts.own import desk, reason, write_own
from isthmus.graph.acts.taking_back import WITHDRAW
from isthmus.graph.errors import BadQuestion, NoSuchEntity
from isthmus.graph.fold.origins import OWN
from isthmus.graph.record import history, reading
from isthmus.graph.record.reversing import alone, reverse, withdraw_sources
from isthmus.graph.record.rows import Claim

if TYPE_CHECKING:
    from isthmus.graph.graph import Graph
    from isthmus.graph.record.file import CaseFile
    from isthmus.graph.record.writing import LoadReport

_SOURCE, _LOAD = "source:", "load:"
_LISTED = 10  # loads that a refusal names


class Withdrawal(NamedTuple):
    """What was withdrawn, and what rested on it alone, each statement in words."""

    says: str
    sources: tuple[str, ...]
    records: int
    restored: int
    alone: tuple[str, ...]


def withdraw(file: CaseFile, what: str, *, why: str, by: str = "") -> Withdrawal:
    """Take a load (its number) or a source (its id) out of every graph from now on; `undo` brings it back.

    With a source go those that derive from it alone, by however many steps. A load is taken back as if it had never
    been: what it superseded or withdrew is current again. Loaded again, records come back. Write `load:7` or `source:7`
    where both are there.

    Raises
    ------
    NoSuchEntity, BadQuestion
        No load or source is so called, or both are; nothing of it is in force; no reason.
    """
    reason(why)
    graph, (loads, sources) = desk(file), _meant(file, what.strip())
    found: list[tuple[str, str, str, str]] = []

    def also(report: LoadReport) -> None:
        if loads:
            reverse(file, report, loads[0], why)
        else:
            withdraw_sources(file, report, sources, why)
        found.extend(alone(file, report.load))

    report = write_own(file, by, [], loader=WITHDRAW, also=also)
    says = f"load {loads[0]}" if loads else _named(file, sources)
    return Withdrawal(says, sources, report.withdrawn, report.restored, tuple(_in_words(graph, found)))


def _meant(file: CaseFile, what: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The load, or the sources, that `what` names."""
    number, source = what.removeprefix(_LOAD), what.removeprefix(_SOURCE)
    load = number.isdigit() and source == what and history.is_load(file, int(number))
    known = number == what and history.is_source(file, source)
    if load and known:
        raise BadQuestion(f"{what!r} is a load and a source; write {_LOAD}{what} or {_SOURCE}{what}")
    if load:
        return (int(number),), ()
    if known:
        return (), with_derived(file, source)
    last = history.last_loads(file, _LISTED)
    listed = "; ".join(f"{num} {of} ({at})" for num, of, at in last) or "none"
    raise NoSuchEntity(
        f"no load or source is called {what!r}; `isthmus info --sources` has sources, last loads: {listed}"
    )


def with_derived(file: CaseFile, source: str) -> tuple[str, ...]:
    """A source, and those whose every origin is it or one of these: what has an origin of its own stays."""
    parents = {
        one: {part for part in text.split(";") if part} for one, text in reading.derived_from(file).items() if text
    }
    found = {source}
    while more := {one for one, origins in parents.items() if OWN not in origins and origins <= found} - found:
        found |= more
    return (source, *sorted(found - {source}))


def _named(file: CaseFile, sources: tuple[str, ...]) -> str:
    titles = reading.titles(file)
    first, *others = (f"{one} ({titles[one]})" if titles.get(one) else one for one in sources)
    derived = f", and what derives from it alone: {', '.join(others)}" if others else ""
    return f"source {first}{derived}"


def _in_words(graph: Graph, found: list[tuple[str, str, str, str]]) -> list[str]:
    return sorted(in_words(graph, Claim("", *row[:3], polarity=row[3])) for row in found)
