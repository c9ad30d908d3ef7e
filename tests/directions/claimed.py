"""What a case claims, to look printed ties up in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from isthmus.graph.record.handles import handle
from isthmus.graph.schema import schema
from isthmus.queries.borders.pairs import POSSIBLY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from isthmus.case import Case
    from isthmus.graph.graph import Graph


class Claimed:
    """Ties that a case claims, and ties that somebody held; `counts` has the directed ties found in each face."""

    def __init__(self, case: Case, graph: Graph) -> None:
        same = graph.same
        self.counts: dict[str, int] = {}
        self.claims, self.held = (
            {
                (same.get(row.subject, row.subject), row.property, same.get(row.value, row.value))
                for row in case.rows(table)
                if schema().is_tie(row.property)
            }
            for table in ("claims", "holdings")
        )
        self.names: dict[str, set[str]] = {}
        parts = zip(graph.ids, graph.shown["label"], graph.shown["status"], strict=True)
        for identity, label, status in parts:
            # What leaves calls some of them by their handle.
            for name in (identity, label, f"{label} ({status})", handle(graph.file, str(identity))):
                self.names.setdefault(str(name).casefold(), set()).add(str(identity))
        self.readings = {
            schema().reading(tie, backward=back).replace("_", " "): (tie, back)
            for tie in schema().ties
            for back in (False, True)
            if not (back and schema().symmetric(tie))
        }
        # A name before another that begins with it, a reading likewise.
        self._name, self._words = (
            "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))
            for texts in (self.names, [*self.readings, *schema().bases, *(base + POSSIBLY for base in schema().bases)])
        )

    def tie(self, face: str, subject: str, words: str, target: str, *, held: bool = False) -> int:
        """Look up a tie as printed, `words` being one reading or several; gives how many of them are directed.

        What two people share (a basis) is no tie between them and is passed over.
        """
        known = self.claims | self.held if held else self.claims
        directed = 0
        for word in words.replace("_", " ").casefold().split(", "):
            if word.removesuffix(POSSIBLY) in schema().bases:
                continue
            tie, back = self.readings[word]
            ends = {(a, b) for a in self.names[subject.casefold()] for b in self.names[target.casefold()]}
            found = {(b, tie, a) if back else (a, tie, b) for a, b in ends}
            either = found | {(b, tie, a) for a, tie, b in found} if schema().symmetric(tie) else found
            assert either & known, f"{face}: nobody claims {subject!r} {word!r} {target!r}"
            directed += not schema().symmetric(tie)
        self.counts[face] = self.counts.get(face, 0) + directed
        return directed

    def sentence(self, face: str, text: str, *, held: bool = False) -> int | None:
        """Look up the tie with which a text begins: name, what stands beside it in brackets, words, name.

        None if the text does not read so.
        """
        words = rf"(?P<tie>(?:{self._words})(?:, (?:{self._words}))*)"
        form = rf"(?P<a>{self._name})(?: \([^()]*\))?:? {words}:? (?P<b>{self._name})(?![\w-])"
        found = re.match(form, text.casefold())
        return self.tie(face, found["a"], found["tie"], found["b"], held=held) if found else None

    def tell(self) -> None:
        """Print the counts."""
        for face, count in self.counts.items():
            print(f"{face}: {count} directed ties")  # noqa: T201  for -rP
        self.counts.clear()


def unwrapped(text: str, indent: int) -> Iterable[str]:
    """Lines that begin with just so many blanks, each with the deeper lines that continue it."""
    whole = ""
    for line in [*text.splitlines(), ""]:
        own = len(line) - len(line.lstrip())
        if whole and (not line.strip() or own <= indent):
            yield whole
            whole = ""
        if line.strip() and own == indent:
            whole = line.strip()
        elif line.strip() and own > indent and whole:
            whole += line.strip() if whole.endswith("-") else f" {line.strip()}"


def rows_of(table: Any) -> list[dict[str, Any]]:
    """Rows of a frame."""
    found: list[dict[str, Any]] = table.to_dict("records")
    return found
