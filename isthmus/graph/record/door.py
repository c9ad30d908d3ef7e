"""The door: what a case may hold of a name. It stands in the transaction that writes, after the rows and before their end.

The name of a minor or a victim does not come in. Who was certainly under 18 at an act or when recorded is kept out, who
possibly was is held back until a person decides (`age`). Of both, the structure stays under a handle. What came in
before is taken out the same way, when a later load brings it to light. Those of whom no birth is said stay, and are
counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from isthmus.graph.names import folded, plain
from isthmus.graph.record import book
from isthmus.graph.record.age import FREE, HELD
from isthmus.graph.record.book import FORGOTTEN, Entry
from isthmus.graph.record.candidates import candidates
from isthmus.graph.record.evidence import dossiers
from isthmus.graph.record.handles import handle, is_handle, keyed
from isthmus.graph.record.rewriting import Rewriting
from isthmus.graph.record.shedding import Shedding, keyed_key
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from isthmus.graph.record.evidence import Dossier, Events
    from isthmus.graph.record.file import CaseFile

_ABOUT = frozenset({"kind"})
_LOADED = {
    "records": ("record",), "claims": ("claim",), "holdings": ("holding",), "judgements": ("judgement",),
    "markings": ("marking",), "assessments": ("claim_assessment", "source_assessment"),
}  # fmt: skip


@dataclass
class Stood:
    """What the door did in one load. `entries` are those kept out or held back; `undated` people have no birth."""

    entries: list[Entry] = field(default_factory=list)
    decided: list[Entry] = field(default_factory=list)
    """Those of them of whom it was not so decided before."""
    bound: list[Entry] = field(default_factory=list)
    """Those let in where this case was made of another: from now on the decision is about what is said here."""
    undated: int = 0
    rewritten: bool = False
    """Whether rows were written again, so that traces may lie where they were."""
    erased: bool = False
    """Whether rows of earlier loads were among them."""
    wiped: bool = True
    """Whether no trace of them is left; False while another program has the case open."""
    merged: dict[int, int] = field(default_factory=dict)
    ended: list[int] = field(default_factory=list)
    """Records without a name in whose place this load brought one with it."""


class Door:
    """Stands in one load, within its transaction. `where` says of an id at which place of the files it came."""

    def __init__(self, file: CaseFile, load: int, where: Callable[[str], str] = lambda _: "") -> None:
        self.file, self.db, self.load, self.where = file, file.connection, load, where
        self.book = {entry.handle: entry for entry in book.entries(file)}
        self.forgotten = book.forgotten_names(self.file)
        self.stood = Stood()

    def stand(self, first: int) -> Stood:
        """Decide about everyone whom the claims from number `first` on touch."""
        people = candidates(self.file, self.load, first, self.book.keys(), self.forgotten)
        found, events = dossiers(self.db, people) if people else ([], None)
        out: list[Dossier] = []
        back: list[str] = []
        names: set[str] = set()
        for dossier in found:
            assert events is not None  # noqa: S101  there is a dossier
            entries = self._decided(dossier, events)
            if entries:
                out.append(dossier)
                self.stood.entries += entries
            else:
                known = [one for one in dossier.ids if handle(self.file, one) in self.book]
                back += known
                names |= {*dossier.names(), *dossier.ids} if known else set()
        self._let_back(back + self._called_after(names))
        self._keep_out(out)
        # Where others in it are still kept out, the record that came is stripped again, and is the former one.
        self.stood.ended = [old for old in self.stood.ended if old not in self.stood.merged.values()]
        self.stood.decided = [entry for entry in self.stood.entries if self.book.get(entry.handle) != entry]
        book.write(self.file, [*self.stood.decided, *self.stood.bound])
        self.stood.undated = undated(self.file, first)
        return self.stood

    def take_out(self, ids: Iterable[str], why: str) -> Stood:
        """Take someone out for good, whoever it is: what the case has, and what a later load brings by id or name."""
        people = [frozenset(ids)]
        (dossier,), _ = dossiers(self.db, people)
        first, *_ = handles = [handle(self.file, one) for one in sorted(dossier.ids)]
        names = dossier.names()
        whole = {name for name in names if len(name.split()) > 1} or names  # one word alone is borne by many
        book.forget(self.file, {self._name(name) for name in whole}, first)
        self.stood.entries = [
            Entry(one, FORGOTTEN, "at an analyst's word", "", "", self.load, "", why) for one in handles
        ]
        self._keep_out([dossier])
        book.write(self.file, self.stood.entries)
        return self.stood

    def _decided(self, dossier: Dossier, events: Events) -> list[Entry]:
        """Who is kept out or held back, an entry for each id; none for one who comes in."""
        evidence = dossier.evidence(events)
        told = keyed(self.file, "evidence", *sorted(set(evidence.told))) if evidence.told else ""
        verdict, reason = evidence.verdict(datetime.now(UTC).date().toordinal())
        if dossier.nameless():
            verdict = FREE
        weighed = [
            self._weighed(self.book.get(handle(self.file, one)), verdict, reason, told, dossier)
            for one in sorted(dossier.ids)
        ]
        worst = next((one for one in weighed if one[0] != FREE), None)
        return [self._entry(one, worst, told) for one in sorted(dossier.ids)] if worst else []

    def _entry(self, identity: str, decided: tuple[str, str], told: str) -> Entry:
        """The line in the book: the one that is there, where nothing else was decided on anything else."""
        shown = handle(self.file, identity)
        before = self.book.get(shown)
        if before is not None and (before.verdict, before.reason, told or before.evidence) == (
            *decided,
            before.evidence,
        ):
            return before
        place = self.where(identity) or (before.place if before else "")
        return Entry(shown, *decided, place, told or (before.evidence if before else ""), self.load)

    def _weighed(self, before: Entry | None, verdict: str, reason: str, told: str, dossier: Dossier) -> tuple[str, str]:
        """The verdict beside what was decided of the same person before."""
        if before is not None and before.verdict == FORGOTTEN:
            return FORGOTTEN, before.reason
        named = any(self._name(name) in self.forgotten for name in dossier.names()) if self.forgotten else False
        if verdict not in (FREE, HELD):
            return verdict, reason
        if before is not None and before.admitted in (told or before.evidence, book.ONCE) and before.admitted:
            if before.admitted == book.ONCE:
                self.stood.bound.append(before._replace(admitted=told, evidence=told))
            return FREE, ""
        if verdict == HELD:
            return HELD, reason
        if before is not None:
            return (HELD, "an earlier load said something else of the age") if told else (before.verdict, before.reason)
        return (HELD, "bears the name of someone who was forgotten") if named else (FREE, "")

    def _name(self, name: str) -> str:
        return keyed(self.file, "name", folded(name))

    def _keep_out(self, people: list[Dossier]) -> None:
        moved = {one: handle(self.file, one) for dossier in people for one in dossier.ids if not is_handle(one)}
        if not moved:
            return
        moved |= {one: handle(self.file, one) for one in self._things(moved)}
        names = {name for dossier in people for name in dossier.names()}
        renamed = {one: handle(self.file, one) for one in self._called_after(names | moved.keys())}
        moved |= renamed
        shedding = Shedding(self.file, moved, names, renamed)
        rewriting = Rewriting(self.db)
        before = rewriting.choose(moved)
        about = rewriting.records_about(_ABOUT | schema().those(lambda word: word.identifies))
        nums = rewriting.choose_texts(shedding.names)
        self.stood.erased |= self._earlier(before)
        rewriting.records(nums, lambda num, row: shedding.record(row, about=num in about))
        rewriting.claims(shedding.claim)
        rewriting.holdings(shedding.holding)
        rewriting.judgements(shedding.judgement)
        rewriting.remarks()
        self._done(rewriting)

    def _let_back(self, ids: list[str]) -> None:
        """Give those who come in now their ids back, where the case has them under a handle."""
        named = {handle(self.file, one): one for one in ids}
        rewriting = Rewriting(self.db)
        if not named or not rewriting.choose(named):
            return
        rewriting.claims(
            lambda row: row._replace(
                subject=named.get(row.subject, row.subject),
                value=named.get(row.value, row.value) if schema().is_tie(row.property) else row.value,
            )
        )
        rewriting.holdings(lambda row: row._replace(subject=named.get(row.subject, row.subject)))
        rewriting.judgements(
            lambda row: row._replace(left=named.get(row.left, row.left), right=named.get(row.right, row.right))
        )
        self._done(rewriting)
        self._end_nameless(rewriting, named)

    def _end_nameless(self, rewriting: Rewriting, named: dict[str, str]) -> None:
        """Records that this load brings in the place of those that were stripped of the name."""
        for num in rewriting.choose(named.values()):
            source, key = self.db.execute("SELECT source, native_key FROM record WHERE num = ?", (num,)).fetchone()
            asked = "SELECT num FROM record WHERE source = ? AND native_key = ? AND current"
            self.stood.ended += [
                old for (old,) in self.db.execute(asked, (source, keyed_key(self.file, source, key))) if key
            ]

    def _called_after(self, names: set[str]) -> list[str]:
        """Ids of what is no person and bears every word of a name, or of an id made of it, such as an event."""
        told = [name.rpartition(":")[2] for name in names if not is_handle(name)]
        whole = [words for name in told if len(words := set(plain(name).split())) > 1]
        if not whole:
            return []
        rows = self.db.execute("SELECT DISTINCT subject FROM claim WHERE property = 'kind' AND value != 'Person'")
        return [one for (one,) in rows if any(words <= set(plain(one).split()) for words in whole)]

    def _things(self, moved: dict[str, str]) -> list[str]:
        """Telephones and documents that nobody else used: their numbers stand for a person."""
        marks = ", ".join("?" * len(moved))
        rows = self.db.execute(
            f"SELECT DISTINCT u.value FROM claim u JOIN claim k ON k.subject = u.value AND k.property = 'object_kind' "
            f"WHERE u.property = 'used' AND k.value IN ('telephone', 'document') AND u.subject IN ({marks}) "
            f"AND NOT EXISTS (SELECT 1 FROM claim o WHERE o.property = 'used' AND o.value = u.value AND o.subject NOT IN ({marks}))",
            [*moved, *moved],
        )
        return [str(one) for (one,) in rows]

    def _earlier(self, nums: list[int]) -> bool:
        marks = f"({', '.join(map(str, nums))})"
        asked = f"SELECT 1 FROM claim WHERE record IN {marks} AND load < ? AND (subject IN (SELECT id FROM moved) OR value IN (SELECT id FROM moved))"
        return bool(nums) and self.db.execute(asked, (self.load,)).fetchone() is not None

    def _done(self, rewriting: Rewriting) -> None:
        rewriting.end()
        self.stood.rewritten = True
        self.stood.merged |= rewriting.merged


def undated(file: CaseFile, first: int = 0) -> int:
    """How many people, of those that claims from number `first` on name, have no birth and do not stand at the door."""
    if not book.there(file):
        return 0
    return int(
        file.connection.execute(
            "SELECT count(DISTINCT subject) FROM claim c JOIN record r ON r.num = c.record WHERE r.current AND c.num >= ? "
            "AND property = 'kind' AND value = 'Person' AND subject NOT IN (SELECT subject FROM claim WHERE property = 'birth') "
            "AND subject NOT IN (SELECT handle FROM door)",
            (first,),
        ).fetchone()[0]
    )


def added(connection: sqlite3.Connection, load: int) -> dict[str, int]:
    """How many rows a load brought that are still there, by table."""
    return {
        name: sum(
            connection.execute(f"SELECT count(*) FROM {table} WHERE load = ?", (load,)).fetchone()[0]
            for table in tables
        )
        for name, tables in _LOADED.items()
    }
