"""A ladder: who held which fact from when, from whom, and whether it was acted on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from isthmus.queries.finding import of_records
from isthmus.queries.sharing.wording import since

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus.queries.finding import Columns
    from isthmus.queries.sharing.rules import Ledger
    from isthmus.queries.sharing.wording import Words

COLUMNS = ["hop", "fact", "country", "body", "since", "how", "from", "used", "rule"]
NOBODY = "nobody named"


def ladder(book: Ledger, words: Words, hops: Sequence[Sequence[int]]) -> tuple[Columns, list[list[int]]]:
    """Holdings of the facts of each hop, earliest first; and the facts behind each row."""
    found: list[dict[str, object]] = []
    behind: list[list[int]] = []
    rows = book.rows.take(np.argsort(book.rows["since"], kind="stable"))
    for number, hop in enumerate(hops, start=1):
        for fact in hop:
            mine = rows.records(rows["fact"] == fact)
            for row in mine:
                found.append(_rung(words, number, fact, row))
                behind.append([fact])
            if not mine:
                empty: dict[str, object] = {"country": NOBODY, "body": "", "since": None, "how": "", "from_country": "", "used": "",
                         "rule": ""}  # fmt: skip
                found.append(_rung(words, number, fact, empty))
                behind.append([fact])
    return of_records(COLUMNS, found), behind


def _rung(words: Words, hop: int, fact: int, row: dict[str, object]) -> dict[str, object]:
    day = row["since"]
    return {
        "hop": hop, "fact": words.fact(fact), "country": row["country"], "body": words.body(str(row["body"])),
        "since": "" if day is None else since(int(str(day))), "how": row["how"], "from": row["from_country"],
        "used": row["used"], "rule": row["rule"],
    }  # fmt: skip
