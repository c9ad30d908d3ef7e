"""Replays documented cases: does the documented holder come first, with its own row and without?

Each is looked at twice: through the lens of its day, and in the record as it is now; what the second look gives is
named `_hindsight`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from isthmus.graph.dates import iso
from isthmus.graph.graph import Graph
from isthmus.graph.lens import Lens
from isthmus.graph.record import book, reading
from isthmus.graph.record.file import CaseFile
from isthmus.graph.record.writing import write
from isthmus.graph.schema import schema
from isthmus.queries.sharing.components import every_coalition
from isthmus.queries.sharing.facts import Facts
from isthmus.queries.sharing.hindsight import as_now
from isthmus.queries.sharing.ranking import expected_reciprocal_rank
from isthmus.queries.sharing.rules import ledger
from isthmus.queries.sharing.setting import default_parties, setting
from isthmus.queries.sharing.toward import Toward, toward_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from isthmus.graph.record.rows import Row
    from isthmus.queries.sharing.record import Documented
    from isthmus.queries.sharing.rules import Rule
    from isthmus.queries.sharing.setting import Setting

    Floats = NDArray[np.float64]

RESAMPLES = 10_000


@dataclass(frozen=True)
class Replayed:
    """Reciprocal rank of the documented holder among those who can be asked, by question and by baseline."""

    case: Documented
    rule: Rule
    mechanism: float
    foresight: float
    chance: float
    mechanism_hindsight: float
    foresight_hindsight: float
    by_ties_hindsight: float
    by_nationals_hindsight: float
    chance_hindsight: float
    lesson_hindsight: str


def replay(case_file: CaseFile, found: Documented, rules: Sequence[Rule] = ("arresting",)) -> list[Replayed]:
    """One documented case under some rules.

    Mechanism: own row kept, toward its people. Foresight: left out, with every statement that rests only on its
    sources.
    """
    with TemporaryDirectory() as folder, CaseFile.create(Path(folder) / "without.case") as less:
        book.carry(case_file, less)
        write(less, _without(case_file, found), source="replay")
        looks = [_seen(file, found, look) for look in (through, as_now) for file in (case_file, less)]
        return [_replayed([_asked(seen, found, rule) for seen in looks], found) for rule in rules]


def _replayed(looks: Sequence[Toward], found: Documented) -> Replayed:
    """`looks` are with and without the case's own row: through the lens, then in hindsight."""
    _, _, now, without = looks
    mechanism, foresight, mechanism_now, foresight_now = (_rank(look, look.score, found) for look in looks)
    ties, nationals = baselines(now.setting)
    return Replayed(
        found, now.setting.ledger.rule, mechanism, foresight, _chance(looks[0]), mechanism_now, foresight_now,
        _rank(now, ties, found), _rank(now, nationals, found),
        _chance(now), _lesson(without, found),
    )  # fmt: skip


def _chance(look: Toward) -> float:
    """Expected reciprocal rank of any one of those who can be asked."""
    candidates = int(look.asked.sum())
    return float((1.0 / np.arange(1, candidates + 1)).sum() / candidates)


def through(case_file: CaseFile, lens: Lens) -> Graph:
    """The first look: what was held or public by the day."""
    return Graph.of(case_file, lens)


def _seen(case_file: CaseFile, found: Documented, look: Callable[[CaseFile, Lens], Graph]) -> Setting:
    """The case from the day of the replay; holder and needer are parties whatever else is known of them."""
    day = iso(found.day)
    graph = look(case_file, Lens.of(known_by=day))
    parties = default_parties(ledger(Facts.of(graph), "arresting"))
    return setting(graph, known_by=day, among=tuple(sorted({*parties, found.holder, found.needer})))


def _asked(seen: Setting, found: Documented, rule: Rule) -> Toward:
    under = seen if rule == seen.ledger.rule else seen.under(rule)
    same, place = seen.graph.same, seen.graph.place
    in_view = [at for person in found.people if (at := place(same.get(person, person))) is not None]
    return toward_all(under, in_view, found.needer)


def _rank(asked: Toward, score: Floats, found: Documented) -> float:
    parties = np.flatnonzero(asked.asked)
    at = [asked.setting.parties[p] for p in parties].index(found.holder)
    return float(expected_reciprocal_rank(score[parties])[at])


def baselines(seen: Setting) -> tuple[Floats, Floats]:
    """Per party: ties across a border that touch its nationals; its nationals."""
    places, people = seen.facts.places, seen.facts.people
    sides = [places[at] for at in people.positions]
    ties = dict.fromkeys(seen.parties, 0)
    for a, b in zip(people.source, people.target, strict=True):
        if sides[a] and sides[b] and not sides[a] & sides[b]:
            for country in sides[a] | sides[b]:
                ties[country] = ties.get(country, 0) + 1
    nationals = [sum(party in side for side in sides) for party in seen.parties]
    return np.array([ties[party] for party in seen.parties], dtype=float), np.array(nationals, dtype=float)


def _without(case_file: CaseFile, found: Documented) -> Iterator[Row]:
    """The case without the documented holdings and without what only their sources say; names and dates stay."""
    gone = {record.id for record in reading.rows(case_file, "records") if record.source in found.sources}
    stay = schema().naming | (schema().of_event - schema().ties.keys())
    yield from reading.rows(case_file, "sources")
    yield from reading.rows(case_file, "records")
    for claim in reading.rows(case_file, "claims"):
        if claim.record not in gone or claim.property in stay:
            yield claim
    for holding in reading.rows(case_file, "holdings"):
        if holding.record not in gone and holding.group != found.id:
            yield holding
    yield from reading.rows(case_file, "judgements")


def _lesson(asked: Toward, found: Documented) -> str:
    """What the ranking without its own row teaches."""
    seen = asked.setting
    at = seen.parties.index(found.holder)
    own, near = int(asked.own[at]), int(asked.near[at])
    if not own and not near:
        return f"without its own row nothing says that {found.holder} held anything on or near them"
    ahead = [p for p in np.flatnonzero(asked.asked) if asked.score[p] > asked.score[at]]
    if not ahead:
        return f"{found.holder} holds {own} other facts on them and {near} near them, more than anyone else"
    best = max(ahead, key=lambda p: float(asked.score[p]))
    return (
        f"{found.holder} holds {own} other facts on them and {near} near them, "
        f"{seen.parties[best]} {int(asked.own[best])} and {int(asked.near[best])}"
    )


def interval(values: Floats, *, seed: int = 1) -> tuple[float, float]:
    """Central 95 % of the mean over resampled cases (percentile bootstrap; Efron 1979, Annals of Statistics 7: 1-26)."""
    if not len(values):
        return 0.0, 1.0
    rng = np.random.default_rng(seed)
    means = values[rng.integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)


def sign_flips(differences: Floats) -> float:
    """Two-sided chance of a mean so far from 0 if each difference might as well have had the other sign.

    Exact over all signs (Fisher 1935, The Design of Experiments, section 21); 1 where all differences are 0. With
    few cases a bootstrap interval is too narrow: this is the second test.
    """
    values = differences[differences != 0]
    if not len(values):
        return 1.0
    signs = 1 - 2 * every_coalition(len(values)).astype(float)
    means = np.abs(signs @ values)
    return float((means >= abs(values.sum()) - 1e-12).mean())
