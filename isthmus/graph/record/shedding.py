"""What stays of a row about someone whose name a case may not hold: the structure, and words that name no one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from isthmus.graph.declarations import Property
from isthmus.graph.names import plain
from isthmus.graph.record.handles import keyed
from isthmus.graph.record.rows import Claim, Holding, Judgement, Record, pack
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from isthmus.graph.record.file import CaseFile

_KEYED = re.compile(r"K-[0-9a-f]{24}")
_SHORT = 4  # signs: a shorter id is looked for as a word, for it stands in many


class Shedding:
    """Takes out of rows what identifies the people in `moved`: their ids, and the handle of each.

    `names` are their names, aliases and other texts that identify them; keys and texts that hold one go. `renamed` are
    those of `moved` that are only called after them, such as an event: of these the id alone goes.
    """

    def __init__(
        self, file: CaseFile, moved: Mapping[str, str], names: Collection[str], renamed: Collection[str] = ()
    ) -> None:
        self.file, self.moved = file, moved
        self.own = moved.keys() - set(renamed)
        self._ids = {plain(one) for one in moved}
        self._whole = {plain(name) for name in names}
        self._words = {word for name in names for word in plain(name).split() if len(word) > 2}
        long = {name for name in (*names, *moved) if " " in name.strip() or len(name) > 7}
        spelled = "|".join(re.escape(name) for name in sorted(long, key=len, reverse=True))
        self._named = re.compile(rf"(?<!\w)(?:{spelled})(?!\w)", re.IGNORECASE) if long else None

    def names(self, text: str) -> bool:
        """Whether a text holds one of the names or ids as it is written, in any case."""
        return self._named is not None and self._named.search(text) is not None

    def made_of(self, text: str) -> bool:
        """Whether a key, a pointer or a short text is made of an id, or of any word of a name."""
        said = plain(unquote(text))
        words = set(said.split())
        return not words.isdisjoint(self._words) or any(
            one in said if len(one) > _SHORT else not words.isdisjoint(one.split()) for one in self._ids
        )

    def record(self, row: Record, *, about: bool) -> Record:
        """A record in which they stand; `about` one of them, its key is one of theirs.

        A keyed hash of the whole stands for its text, so that another edition of it is another record.
        """
        key = row.native_key
        if key and (about or self.made_of(key)):
            key = self._key(row.source, key)
        pointer = self._key("", row.pointer) if row.pointer and self.made_of(row.pointer) else row.pointer
        text = row.text if not row.text or _KEYED.fullmatch(row.text) else self._key("text", row.id)
        return row._replace(native_key=key, pointer=pointer, text=text)

    def claim(self, row: Claim) -> Claim | None:
        """A claim of or about one of them, or in a record of theirs; None where nothing may stay of it."""
        tie = schema().is_tie(row.property)
        of_them = row.subject in self.own
        if of_them and not self._stays(row.property, row.value):
            return None
        about = of_them or (tie and row.value in self.own)
        kept = row._replace(qualifiers=self.qualifiers(row.qualifiers)) if about else self._of_others(row)
        if kept is None:
            return None
        value = self.moved.get(kept.value, kept.value) if tie else kept.value
        return kept._replace(subject=self.moved.get(kept.subject, kept.subject), value=value)

    def _of_others(self, row: Claim) -> Claim | None:
        """What is said of others, without what names one of them: a text goes whole, a namesake's name stays."""
        declared = schema().declared(row.property)
        if isinstance(declared, Property) and declared.type == "text" and self.names(row.value):
            whole = declared.names and plain(row.value) in self._whole
            return row if whole else None
        return row._replace(qualifiers=self.qualifiers(row.qualifiers)) if self.names(row.qualifiers) else row

    def holding(self, row: Holding) -> Holding | None:
        """The same of a holding."""
        tie = schema().is_tie(row.property)
        value = self.moved.get(row.value, row.value) if tie else row.value
        if row.subject in self.own and not self._stays(row.property, row.value):
            return None
        if row.subject not in self.moved and value == row.value:
            return None if not tie and self.names(row.value) else row._replace(note="") if self.names(row.note) else row
        return row._replace(subject=self.moved.get(row.subject, row.subject), value=value, note="")

    def judgement(self, row: Judgement) -> Judgement:
        """A judgement about one of them: its reason might say who it is."""
        left, right = (self.moved.get(one, one) for one in (row.left, row.right))
        return row if (left, right) == (row.left, row.right) else row._replace(left=left, right=right, why="")

    def qualifiers(self, text: str) -> str:
        """Those that name no one."""
        told = json.loads(text) if text else {}
        plain_ones = {key for key, said in schema().qualifiers.items() if said.plain}
        return pack({key: value for key, value in told.items() if key in plain_ones and not self.made_of(value)})

    def _stays(self, name: str, value: str) -> bool:
        declared = schema().declared(name)
        if declared.identifies:
            return False
        if not isinstance(declared, Property) or declared.type != "text" or name == "retracts":
            return True
        return declared.plain and not self.made_of(value)

    def _key(self, *parts: str) -> str:
        return parts[-1] if _KEYED.fullmatch(parts[-1]) else f"K-{keyed(self.file, 'key', *parts)}"


def keyed_key(file: CaseFile, source: str, native_key: str) -> str:
    """What a record's native key is where the record is about someone who is kept out or held back."""
    return f"K-{keyed(file, 'key', source, native_key)}"
