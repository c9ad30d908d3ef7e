"""What a case says of someone's age and part, read for those whom a load touches."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph import ages
from isthmus.graph.declarations import Tie
from isthmus.graph.record.age import Evidence, born, born_between, when
from isthmus.graph.record.rows import AFFIRMED
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

_ASKED = (
    "SELECT c.subject, c.property, c.value, c.valid, c.polarity, c.qualifiers, "
    "r.current AND r.num NOT IN (SELECT num FROM ending) OR r.num IN (SELECT num FROM seen_record), "
    "coalesce(nullif(r.published, ''), s.published, '') FROM claim c JOIN record r ON r.num = c.record "
    "LEFT JOIN source s ON s.id = r.source "
    "WHERE c.subject IN (SELECT id FROM at_door) OR c.value IN (SELECT id FROM at_door) AND c.property IN ({ties})"
)


class Said(NamedTuple):
    """A claim about someone, with when its record was published."""

    subject: str
    property: str
    value: str
    valid: str
    polarity: str
    qualifiers: str
    current: int
    published: str


@dataclass
class Dossier:
    """All that a case says of one person, by whatever ids, and of the events that they are tied to."""

    ids: frozenset[str]
    said: list[Said] = field(default_factory=list)

    def names(self) -> set[str]:
        """The texts that identify the person."""
        known = _naming()
        return {one.value for one in self.said if one.subject in self.ids and one.property in known}

    def nameless(self) -> bool:
        """Whether there is no name to keep out: none is said, and the ids are a publisher's numbers."""
        return not self.names() and all(one.rpartition(":")[2].isdigit() for one in self.ids)

    def evidence(self, events: Events) -> Evidence:
        """What of it bears on whether the name may come in; what a later edition replaced does not."""
        found = Evidence()
        for one in (one for one in self.said if one.current):
            if one.published and (time := when(one.published, start=True)):
                found.times.append(time)
            if one.polarity == AFFIRMED and one.subject in self.ids:
                found.add(self._read(one, events))
        return found

    def _read(self, one: Said, events: Events) -> Evidence:
        found, declared = Evidence(), schema().declared(one.property)
        qualifiers: dict[str, str] = json.loads(one.qualifiers) if one.qualifiers else {}
        if isinstance(declared, Tie):
            self._tie(found, one, declared, events)
            _part(found, qualifiers.get("role", ""))
        else:
            _literal(found, one, qualifiers)
        if found.speaks:
            found.told.append("\x1f".join((one.property, one.value, one.qualifiers)))
        return found

    def _tie(self, found: Evidence, one: Said, tie: Tie, events: Events) -> None:
        if one.property == "killed_in" and events.attack(one.value):
            found.victim |= not self._took_part(one.value, events)
        if one.property in acted():
            days = {one.valid} if one.valid else events.dates.get(one.value, set())
            times = [when(day, act=bool(tie.acts)) for day in sorted(days)]
            found.times += [time for time in times if time]

    def _took_part(self, event: str, events: Events) -> bool:
        near = events.near(event)
        return any(one.property in schema().crossing and one.value in near for one in self.said)


@dataclass
class Events:
    """Kind, dates and whole of the events that people at the door are tied to."""

    kinds: dict[str, str] = field(default_factory=dict)
    dates: dict[str, set[str]] = field(default_factory=dict)
    parts: dict[str, set[str]] = field(default_factory=dict)  # both ways

    def attack(self, event: str) -> bool:
        """Whether it is said to be an attack."""
        return self.kinds.get(event) == "attack"

    def near(self, event: str) -> set[str]:
        """The event, what it is a part of, and what is a part of it or of that."""
        wholes = {event, *self.parts.get(event, ())}
        return wholes.union(*(self.parts.get(one, set()) for one in wholes))


def dossiers(connection: sqlite3.Connection, people: Iterable[frozenset[str]]) -> tuple[list[Dossier], Events]:
    """What the case says of each of these people, a person being a set of ids; and of their events."""
    found = [Dossier(ids) for ids in people]
    of = {one: dossier for dossier in found for one in dossier.ids}
    _fill(connection, of)
    ties = ", ".join(f"'{tie}'" for tie in schema().ties)
    for row in connection.execute(_ASKED.format(ties=ties)):
        one = Said(*row)
        for dossier in {id(of[end]): of[end] for end in (one.subject, one.value) if end in of}.values():
            dossier.said.append(one)
    events = {one.value for dossier in found for one in dossier.said if one.property in _to_events()}
    return found, _events(connection, events)


def _events(connection: sqlite3.Connection, ids: Collection[str]) -> Events:
    found = Events()
    if not ids:
        return found
    _fill(connection, ids)
    asked = "SELECT subject, property, value FROM claim WHERE property IN ('event_kind', 'date', 'part_of') "
    for subject, name, value in connection.execute(
        f"{asked} AND (subject IN (SELECT id FROM at_door) OR property = 'part_of')"
    ):
        if name == "part_of":
            found.parts.setdefault(subject, set()).add(value)
            found.parts.setdefault(value, set()).add(subject)
        elif name == "date":
            found.dates.setdefault(subject, set()).add(value)
        else:
            found.kinds[subject] = value
    return found


def _fill(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS at_door (id TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute("DELETE FROM at_door")
    connection.executemany("INSERT OR IGNORE INTO at_door VALUES (?)", [(one,) for one in ids])


@lru_cache(maxsize=65536)
def speaks(name: str, value: str, qualifiers: str) -> bool:
    """Whether a claim alone says, by a word or an age, that the name may have to stay out."""
    found = Evidence()
    told: dict[str, str] = json.loads(qualifiers) if qualifiers else {}
    if name in texts():
        _text(found, Said("", name, value, "", AFFIRMED, qualifiers, 1, ""), told)
    _part(found, told.get("role", ""))
    return found.speaks or name == "killed_in"


def _literal(found: Evidence, one: Said, qualifiers: dict[str, str]) -> None:
    if one.property == "birth":
        if days := born(one.value, qualifiers.get("basis", "")):
            found.births.append(days)
    elif one.property in texts():
        _text(found, one, qualifiers)
    if one.property in acted() and (time := when(one.valid, start=True)):
        found.times.append(time)


def _text(found: Evidence, one: Said, qualifiers: dict[str, str]) -> None:
    if one.property == "status":
        found.victim |= one.value == "victim"
        found.minor |= one.value == "minor"
    elif one.property == "attribute":
        name = qualifiers.get("name", "")
        if years := ages.birth_years(name, one.value):
            found.births.append(born_between(years))
        elif age := ages.in_column(name, one.value):
            found.ages.append(age)
        return
    if one.property == "role":
        _part(found, one.value)
    told = qualifiers.get("detail", "") if one.property == "status" else one.value
    remark = qualifiers.get("note", "")
    for text in (told, remark):
        if age := ages.stated(text):
            found.ages.append(age)
        found.young |= ages.young(text)


def _part(found: Evidence, role: str) -> None:
    if role:
        found.victim |= ages.harmed(role)
        found.informer |= ages.informs(role)
        found.young |= ages.young(role)


@cache
def acted() -> frozenset[str]:
    """What someone did or was taken for, whose day is one at which age counts."""
    return schema().those(lambda word: word.acted)


@cache
def texts() -> frozenset[str]:
    """What says in words how old someone is or what part they had: texts about them, a status, and columns kept as they are."""
    free = {
        name for name, said in schema().properties.items()
        if said.type == "text" and not said.identifies and ("Person" in said.of or not said.of)
    }  # fmt: skip
    return frozenset(free) | {"attribute"} | {"status"}


@cache
def _naming() -> frozenset[str]:
    """Texts that are a name, or a number that stands for one."""
    known = {name for name, said in schema().properties.items() if said.identifies and said.type == "text"}
    return frozenset(known) - {"attribute"}


@cache
def _to_events() -> frozenset[str]:
    return schema().ties_that(lambda tie: "Event" in tie.targets)
