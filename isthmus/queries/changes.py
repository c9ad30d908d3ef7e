"""What loads did to a case: records added, changed, withdrawn and restored, and what each said before and after."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from isthmus.graph import dates
from isthmus.graph.finding import Finding
from isthmus.graph.guard import NEVER_NAMED
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isthmus.graph.case import Case

COLUMNS = ["at", "what", "source", "record", "pointer", "difference", "load"]
_LONG = 160  # signs of a statement shown; its claim has the rest
_QUALIFIER = re.compile(r'^\{"recovered":"yes"\}$|,"recovered":"yes"|"recovered":"yes",')
_SAID = ("property", "value", "valid", "polarity", "qualifiers")


class _Change(NamedTuple):
    load: int
    at: str
    what: str
    source: str
    key: str
    num: int
    pointer: str


def changes(case: Case, *, since: str = "", added: bool = False) -> Finding:
    """One row for each record that a load changed, withdrew or restored, oldest load first.

    A record is changed if the same load brings another with its source and native key. `difference` lists what only
    the old one says (`-`) and what only the new one says (`+`); that a damaged file was read is no difference. New
    records are counted by load and source; `added` lists them.
    `since` is an EDTF date: loads from its first day on (UTC).

    Raises
    ------
    BadDate
        `since` is no date.
    """
    found = list(_changes(case, dates.iso(dates.parse(since).first) if since else ""))
    replaced = {(one.load, one.source, one.key): one for one in found if one.what == "superseded"}
    hidden = _Hidden(case)
    rows: list[tuple[object, ...]] = []
    claims: list[tuple[str, ...]] = []
    fresh: Counter[tuple[int, str, str]] = Counter()
    for one in found:
        old = replaced.get((one.load, one.source, one.key))
        if one.what == "superseded" or (one.what == "added" and old is None and not added):
            fresh[one.load, one.at, one.source] += one.what == "added"
            continue
        before = _said(case, (old or one).num if one.what == "withdrawn" or old else 0)
        after = _said(case, 0 if one.what == "withdrawn" else one.num)
        gone, new = _apart(
            [text for text in before if text not in after], [text for text in after if text not in before]
        )
        difference = [*(f"- {text}" for text in gone), *(f"+ {text}" for text in new)]
        what = "changed" if old else one.what
        shown = [hidden.text(text) for text in difference] or ["another pointer or text, the same claims"]
        rows.append((one.at, what, one.source, hidden.text(one.key), one.pointer, shown, one.load))
        claims.append(tuple(dict.fromkeys([*before.values(), *after.values()])))
    rows += [(at, "added", source, f"{count:,} records", "", [], load)
             for (load, at, source), count in fresh.items() if count]  # fmt: skip
    claims += [()] * (len(rows) - len(claims))
    order = sorted(range(len(rows)), key=lambda at: (rows[at][-1], rows[at][1] == "added", str(rows[at][2:4])))
    return Finding(
        name="changes",
        table=pd.DataFrame([rows[at] for at in order], columns=COLUMNS),
        method="A new edition's record supersedes the one with the same source and native key; a record missing from "
        "a complete edition is withdrawn. Nothing is deleted: --recorded-by shows the case as it was.",
        parameters={"since": since, "added": added},
        claims=tuple(claims[at] for at in order),
        sentence="{what}: {source} {record} ({pointer})\n{difference}",
        heading="at",
    )


def _changes(case: Case, since: str) -> Iterator[_Change]:
    query = (
        "SELECT l.num, l.at, c.what, r.source, r.native_key, r.num, r.pointer FROM record_change c "
        "JOIN load l ON l.num = c.load JOIN record r ON r.num = c.record WHERE l.at >= ? "
        "ORDER BY l.num, r.source, r.native_key, r.num"
    )
    return (_Change(*row) for row in case.connection.execute(query, (since,)))


def _said(case: Case, record: int) -> dict[str, str]:
    """What a record says, each with its claim's id."""
    query = f"SELECT subject, {', '.join(_SAID)}, id FROM claim WHERE record = ? ORDER BY num"
    said = {}
    for subject, name, value, valid, polarity, qualifiers, identity in case.connection.execute(query, (record,)):
        more = [valid, "" if polarity == "affirmed" else polarity, _QUALIFIER.sub("", qualifiers)]
        said[" ".join(part for part in (subject, name, value, *more) if part)] = identity
    return said


def _apart(gone: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """The same statements, long ones cut to where they part from the one in their place."""
    starts = [Counter(" ".join(text.split(" ", 2)[:2]) for text in texts) for texts in (gone, new)]

    def cut(text: str, others: list[str]) -> str:
        if len(text) <= _LONG:
            return text
        said = " ".join(text.split(" ", 2)[:2])
        other = next((one for one in others if one.startswith(f"{said} ")), "")
        if [count[said] for count in starts] != [1, 1]:
            return f"{text[:_LONG]}…"
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False)))
        start = max(same - 30, len(said) + 1)
        before, after = "…" if start > len(said) + 1 else "", "…" if start + _LONG < len(text) else ""
        return f"{said} {before}{text[start : start + _LONG]}{after}"

    return [cut(text, new) for text in gone], [cut(text, gone) for text in new]


class _Hidden:
    """Names of people who are in no current record any more, so that the graph's guard cannot know them."""

    def __init__(self, case: Case) -> None:
        ask = case.connection.execute
        gone = {
            subject
            for (subject,) in ask(
                "SELECT DISTINCT subject FROM claim WHERE property = 'kind' AND value = 'Person' AND subject NOT IN "
                "(SELECT subject FROM claim c JOIN record r ON r.num = c.record WHERE r.current AND property = 'kind')"
            )
        }
        codes: dict[str, set[str]] = {}
        for subject, code in ask("SELECT subject, value FROM claim WHERE property = 'status'"):
            codes.setdefault(subject, set()).add(code)
        named = {code for code, stated in schema().statuses.items() if stated.get("named")}
        hidden = {one for one in gone if not codes.get(one, set()) & named or codes[one] & NEVER_NAMED}
        words = set(hidden)
        for subject, name in ask("SELECT subject, value FROM claim WHERE property IN ('name', 'alias')"):
            if subject in hidden:
                words.add(name)
        longest_first = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        self._words = re.compile(rf"(?<![\w-])(?:{longest_first})(?![\w-])") if words else None

    def text(self, text: str) -> str:
        """`text` without those names and ids."""
        return self._words.sub("[person not named]", text) if self._words else text
