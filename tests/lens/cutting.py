"""The tables of a case, cut by hand to what a lens lets through: the rules once more, in plain loops.

Nothing of `isthmus` is used but its reader of dates, which the tests hold to another library. Rows are as `dump` writes
them, texts by column. It is slow, and meant to be read beside the rules.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.dates import ALWAYS, MAX_DAY, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Row = dict[str, str]
Tables = dict[str, list[Row]]

NAMING = {"kind", "name", "alias"}
KIN = {"sibling_of", "parent_of", "cousin_of", "partner_of", "relative_of"}
TIMELESS = {"citizen_of", "born_in", "birth", "gender", "body_of"} | KIN
OF_A_PLACE = {"located_in", "part_of", "coordinates", "city", "region"}  # where it lies: timeless for a place alone
PLACING = {
    "citizen_of", "resident_of", "located_in", "entered", "occurred_in", "operates_in", "based_in", "body_of",
}  # fmt: skip
PUBLIC_KINDS = {"attack", "trial", "alert"}
PUBLIC = {"event_kind", "date", "occurred_in", "city", "region", "coordinates"}
REMARKS = {"note", "detail", "end_bound", "words", "basis"}
NEVER = MAX_DAY + 1


class Asked(NamedTuple):
    """A lens, of the clocks alone: `valid`, `known_by` with `holders`, `published_by`."""

    valid: str = ""
    known_by: str = ""
    holders: tuple[str, ...] = ()
    published_by: str = ""

    @classmethod
    def at(cls, days: dict[str, str], holders: Iterable[str] = ()) -> Asked:
        """A lens of clocks at days, by name; holders are asked with `known_by` alone."""
        who = tuple(sorted(holders)) if "known_by" in days else ()
        return cls(days.get("valid", ""), days.get("known_by", ""), who, days.get("published_by", ""))

    @property
    def day(self) -> int:
        """The last day of what may be known."""
        return min((parse(text).last for text in (self.known_by, self.published_by) if text), default=NEVER)


class Cut:
    """`tables` are the rows in view; `ties` are the properties whose value is an entity.

    Holdings are those that had possibly begun by then, as they are shown, or with `certain` those that had certainly, as
    they count.
    """

    def __init__(self, tables: Tables, asked: Asked, ties: set[str], *, certain: bool = False) -> None:
        self.asked, self.ties, self.certain = asked, ties, certain
        judgements = [row for row in tables["judgements"] if _made(row, asked)]
        self.root = _roots(judgements)
        published = {row["id"]: row["published"] for row in tables["records"]}
        self.claims = [row for row in tables["claims"] if row["property"] != "retracts"]
        self.kind = {self.one(row["subject"]): row["value"] for row in self.claims if row["property"] == "kind"}
        self._of_event: dict[str, list[Row]] = defaultdict(list)
        for row in self.claims:
            if row["property"] in ("date", "event_kind"):
                self._of_event[self.one(row["subject"])].append(row)
        self.read_from = {id(row): _last(published[row["record"]]) for row in self.claims}
        self.public_from = {id(row): self._public_from(row) for row in self.claims}
        self.held = {
            self._said(row) for row in tables["holdings"]
            if asked.known_by and row["state"] == "held" and _since(row["valid"])[1] <= parse(asked.known_by).last
            and (not asked.holders or row["country"] in asked.holders)
        }  # fmt: skip
        kept = self._in_view()
        lost = {self._said(row) for row in self.claims} - {self._said(row) for row in kept}
        self.tables = tables | {
            "judgements": judgements,
            "claims": [self._as_then(row) for row in kept],
            "holdings": [
                row for row in tables["holdings"] if self._said(row) not in lost and self._of_holding(row, published)
            ],
            "assessments": _of_kept(tables["assessments"], {row["id"] for row in kept}),
        }

    def one(self, identity: str) -> str:
        """The id that stands for an id."""
        return self.root.get(identity, identity)

    def ends(self, row: Row) -> list[str]:
        """The entities at the ends of a claim."""
        value = [self.one(row["value"])] if row["property"] in self.ties else []
        return [self.one(row["subject"]), *value]

    def _said(self, row: Row) -> tuple[str, str, str]:
        value = self.one(row["value"]) if row["property"] in self.ties else row["value"]
        return self.one(row["subject"]), row["property"], value

    # --- what was known

    def _dates(self, event: str, known: Callable[[Row], bool] = lambda _: True) -> list[Row]:
        return [
            row for row in self._of_event[event] if row["property"] == "date" and row["polarity"] == "affirmed" and known(row)
        ]  # fmt: skip

    def _public_from(self, row: Row) -> int:
        """The day from which anyone could know: of its publication, or of the event itself."""
        read, event = self.read_from[id(row)], self.one(row["subject"])
        if row["property"] not in PUBLIC or self.kind.get(event) != "Event":
            return read
        kinds = {
            one["value"] for one in self._of_event[event] if one["property"] == "event_kind" and one["polarity"] == "affirmed"
        }  # fmt: skip
        if not kinds & PUBLIC_KINDS:
            return read
        days = [row] if row["property"] == "date" and row["polarity"] == "affirmed" else self._dates(event)
        return min([read, *(parse(one["value"]).start_hi for one in days)])

    def known(self, row: Row) -> bool:
        """Whether whoever looks could know of it."""
        asked = self.asked
        if asked.published_by and self.public_from[id(row)] > parse(asked.published_by).last:
            return False
        if asked.known_by and self.public_from[id(row)] > parse(asked.known_by).last:
            return self._said(row) in self.held and parse(row["valid"]).first <= parse(asked.known_by).last
        return True

    # --- what was so

    def then(self, row: Row) -> bool:
        """Whether it possibly was so in the time that is asked about, by its own date."""
        if not self.asked.valid:
            return True
        asked, own = parse(self.asked.valid), parse(row["valid"])
        return own.first <= asked.last and own.last >= asked.first

    def _out_of_time(self) -> set[str]:
        """Events that certainly were at another time, and what is tied only to them and has nothing of its own then."""
        if not self.asked.valid:
            return set()
        asked = parse(self.asked.valid)
        events: set[str] = set()
        for event, kind in self.kind.items():
            spans = [parse(row["value"]) for row in self._dates(event, self.known)] if kind == "Event" else []
            if spans and (
                max(span.last for span in spans) < asked.first or min(span.first for span in spans) > asked.last
            ):
                events.add(event)
        lost: set[str] = set()
        has: set[str] = set()
        for row in self.claims:
            ends, is_tie = self.ends(row), row["property"] in self.ties
            if not self.known(row):
                continue
            if events.intersection(ends):
                lost.update(ends if is_tie else ())
            elif self.then(row) and is_tie and self._joins(row):
                has.update(ends)
            if self.then(row) and self._dated(row):
                has.add(ends[0])
        return events | {one for one in lost - has if not self.always(one)}

    def _dated(self, row: Row) -> bool:
        """Whether it has a date of its own, and tells of no event and of nothing that was so all along."""
        events = any(self.kind.get(end) == "Event" for end in self.ends(row))
        return parse(row["valid"]) != ALWAYS and not events and not self.comes_along(row)

    def _joins(self, row: Row) -> bool:
        """Whether a tie is one to anything but a place, and was not there all along."""
        places = row["property"] in PLACING or any(self.always(end) for end in self.ends(row))
        return not places and not self.comes_along(row)

    # --- what is in view

    def always(self, identity: str) -> bool:
        """Countries and places are there, whoever knows of them."""
        return self.kind.get(identity, "Country" if identity.isupper() else "") in ("Country", "Place")

    def timeless(self, row: Row) -> bool:
        """Whether it was so all along."""
        if row["property"] in OF_A_PLACE:
            return self.kind.get(self.one(row["subject"])) == "Place"
        return row["property"] in TIMELESS

    def comes_along(self, row: Row) -> bool:
        """Whether it is in view by whom it is about, and brings nobody into view."""
        return row["property"] in NAMING or self.timeless(row)

    def _in_view(self) -> list[Row]:
        out = self._out_of_time()
        near = [row for row in self.claims if not out.intersection(self.ends(row))]
        kept = {id(row) for row in near if not self.comes_along(row) and self.known(row) and self.then(row)}
        there = {end for row in near if id(row) in kept for end in self.ends(row)}
        told = {end for row in self.claims if not self.comes_along(row) for end in self.ends(row)}
        there |= {
            self.one(row["subject"]) for row in near
            if self.one(row["subject"]) not in told and self.known(row) and self.then(row)
        }  # fmt: skip
        for _ in range(3):  # a place brings the place that it lies in, and that its country
            for row in near:
                if self.timeless(row) and self._along(row, there) and self.then(row):
                    kept.add(id(row))
                    there.update(self.ends(row))
        kept |= {id(row) for row in near if row["property"] in NAMING and self._along(row, there)}
        return [row for row in self.claims if id(row) in kept]

    def _along(self, row: Row, there: set[str]) -> bool:
        subject, *value = self.ends(row)
        ends = subject in there and all(end in there or self.always(end) for end in value)
        return ends and parse(row["valid"]).first <= self.asked.day

    # --- as it could be told then

    def _as_then(self, row: Row) -> Row:
        """A claim without what is of later: an end after the day, and the remarks of who told it later."""
        if self.asked.day == NEVER:
            return row
        told = json.loads(row["qualifiers"]) if row["qualifiers"] else {}
        if self.public_from[id(row)] > self.asked.day:
            told = {name: text for name, text in told.items() if name not in REMARKS}
        packed = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")) if told else ""
        left, slash, right = row["valid"].partition("/")
        valid = row["valid"]
        if slash and right not in ("", "..") and self.asked.day < parse(valid).end_hi < MAX_DAY:
            valid = f"{left}/.." if left not in ("", "..") else ""
        return row | {"valid": valid, "qualifiers": packed}

    def _of_holding(self, row: Row, published: dict[str, str]) -> bool:
        asked = self.asked
        if asked.known_by and _since(row["valid"])[self.certain] > parse(asked.known_by).last:
            return False
        if asked.holders and row["country"] not in asked.holders:
            return False
        return not asked.published_by or _last(published[row["record"]]) <= parse(asked.published_by).last


def _last(published: str) -> int:
    return parse(published).last if published else NEVER


def _since(valid: str) -> tuple[int, int]:
    """First and last day on which the holding may have begun; the last without a date is never."""
    return (parse(valid).start_lo, parse(valid).start_hi) if valid else (1, MAX_DAY)


def _made(row: Row, asked: Asked) -> bool:
    """Whether a judgement was known by then, to one of those who look."""
    known_from = row["known_from"]
    if asked.day == NEVER or not known_from:
        return True
    if not known_from.startswith("{"):
        return parse(known_from).start_hi <= asked.day
    told: dict[str, str] = json.loads(known_from)
    return any(parse(day).start_hi <= asked.day for who, day in told.items() if who in (asked.holders or told))


def _roots(judgements: list[Row]) -> dict[str, str]:
    """The first of the ids that are one, for each of them."""
    groups: list[set[str]] = []
    for row in judgements:
        pair = {row["left"], row["right"]}
        met = [group for group in groups if group & pair]
        groups = [group for group in groups if not group & pair] + [pair.union(*met)]
    return {one: min(group) for group in groups for one in group}


def _of_kept(assessments: list[Row], claims: set[str]) -> list[Row]:
    return [row for row in assessments if row["target"] == "source" or row["id"] in claims]
