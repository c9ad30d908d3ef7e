"""What became of every row that was read: loaded, set aside, or skipped; and the file that says where those set aside are.

No row is copied into that file: it never passed the door, so whose name stands in it nobody knows.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from isthmus.graph import places
from isthmus.graph.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

_QUOTED = re.compile(r"""'[^'\n]*'|"[^"\n]*\"""")  # a value of the row, as a reason quotes it
_ENOUGH = 1000  # rows before the share of rows set aside means something


@dataclass
class Tally:
    """Counts of one load. `read` = `loaded` + `quarantined` + `skipped`, counted each by itself."""

    read: int = 0
    loaded: int = 0
    quarantined: int = 0
    cells: int = 0  # set aside alone, their rows kept; no part of the sum
    reasons: Counter[str] = field(default_factory=Counter)  # of rows set aside
    skips: Counter[str] = field(default_factory=Counter)  # rows passed over, by reason
    unread: Counter[str] = field(default_factory=Counter)  # columns no one took, with how many values
    notices: Counter[str] = field(default_factory=Counter)
    encodings: dict[str, str] = field(default_factory=dict)

    @property
    def skipped(self) -> int:
        """Rows passed over, for a stated reason each."""
        return self.skips.total()

    def close(self) -> None:
        """Raise unless every row that was read is accounted for."""
        if self.read != self.loaded + self.quarantined + self.skipped:
            raise AssertionError(
                f"{self.read} rows read, but {self.loaded} loaded, {self.quarantined} set aside, {self.skipped} skipped"
            )


class Quarantine:
    """JSON lines of the rows set aside: where, and why without the values. For the owner alone, as the case is. Made with the first; none, no file."""

    def __init__(self, path: Path | None, share: float) -> None:
        self.path, self.share = path, share
        self._stream: IO[str] | None = None

    def put(self, where: str, reason: str, column: str = "") -> None:
        """Write down where a row stands, or its cell in this column, and why it was set aside."""
        if self.path is None:
            return
        if self._stream is None:
            try:
                self._stream = places.opened(self.path)
            except OSError as refused:
                raise BadInput(f"{self.path}: rows set aside cannot be written down ({refused})") from refused
        told = {"where": where, "reason": _QUOTED.sub("…", reason), **({"column": column} if column else {})}
        self._stream.write(f"{json.dumps(told, ensure_ascii=False)}\n")

    def judge(self, tally: Tally, *, at_end: bool = False) -> None:
        """Raise `BadInput` if more than the stated share of the rows was set aside."""
        if not tally.quarantined or (tally.read < _ENOUGH and not at_end):
            return
        if tally.quarantined > self.share * tally.read:
            reason, count = tally.reasons.most_common(1)[0]
            kept = f"; they are in {self.path}" if self.path else ""
            raise BadInput(
                f"{tally.quarantined:,} of {tally.read:,} rows cannot be used, more than {self.share:.0%}; "
                f"most often ({count:,}): {reason}{kept}. Correct the file, or allow more with --quarantine-share"
            )

    def close(self) -> None:
        """End the file."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
