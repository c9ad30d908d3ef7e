"""What in a sheet leads to someone without a name: words of kin and of a leader, and whom they can mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = dict[str, str]
    Sheets = dict[str, list[Row]]

# Ties that say of someone what a court may have found untrue.
MEMBERSHIP = frozenset({"member_of", "leader_of", "pledged_to"})
ACCUSING = MEMBERSHIP | {
    "took_part_in", "planned", "carried_out", "directed", "supplied", "financed", "facilitated", "transported",
    "inspired", "recruited", "mentored", "trained", "claimed",
}  # fmt: skip
KIN = {
    "sibling_of": "brother sister sibling half-brother half-sister",
    "cousin_of": "cousin",
    "parent_of": "father mother son daughter stepfather stepson",
    "partner_of": "wife husband widow widower spouse fiance fiancee girlfriend boyfriend partner_of",
    "relative_of": "relative uncle aunt nephew niece in-law brother-in-law sister-in-law kinsman related_to",
}
TIE = {word.replace("_", " "): tie for tie, words in KIN.items() for word in words.split()}
# A "mother figure" is no kin.
KIN_WORD = re.compile(
    rf"(?<![\w-])({'|'.join(sorted(TIE, key=len, reverse=True))})s?(?![\w-])(?! figure)", re.IGNORECASE
)
LEADER = re.compile(
    r"\b(led by|headed by|(the|its|their|alleged|a|an) (\w+ )?(leader|head|chief|emir|boss)s?)\b", re.IGNORECASE
)
# Columns in the publishers' words, and those that hold ids, codes, days and places.
NOT_OURS = frozenset({"sources", "pointer", "toll_sources", "derived_from", "title", "publisher", "locator"})


def texts(sheets: Sheets) -> Iterator[tuple[str, Row, str]]:
    """(sheet, row, text) of every cell in our own words."""
    for sheet, rows in sheets.items():
        for row in rows if sheet != "sources" else ():
            for column, text in row.items():
                if text and column not in NOT_OURS:
                    yield sheet, row, text


def mentioned(row: Row) -> set[str]:
    """Ids that a row is about, in whatever column they stand."""
    return {part for text in row.values() for part in text.split(";")}


def kin_of_no_one(sheets: Sheets) -> list[tuple[str, str]]:
    """(sheet, text) of words of kin that no kin tie between two people of the sheets can mean.

    A word is spoken for where someone whom its row is about has a tie of that kind: "brother" a sibling, "uncle" a
    relative. Where nobody has, it means someone who is not there.
    """
    people = {row["id"] for row in sheets["people"]}
    kin: dict[str, set[str]] = {tie: set() for tie in KIN}
    for row in sheets["links"]:
        if row["tie"] in KIN and {row["from"], row["to"]} <= people:
            kin[row["tie"]] |= {row["from"], row["to"]}
    return [
        (sheet, text)
        for sheet, row, text in texts(sheets)
        for word in KIN_WORD.findall(text)
        if not mentioned(row) & _meant(word, kin)
    ]


def _meant(word: str, kin: dict[str, set[str]]) -> set[str]:
    tie = TIE[word.lower()]
    return set().union(*kin.values()) if tie == "relative_of" else kin[tie]
