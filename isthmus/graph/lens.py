"""What a case is looked at through: made once, checked, and handed down."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from isthmus.graph import dates, grading
from isthmus.graph.errors import BadQuestion
from isthmus.graph.schema import nearest, schema

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Lens:
    """What a case is looked at through: the four clocks, the least grade, the kinds of tie.

    `valid` keeps what certainly or possibly held at that time; `known_by` with `holders` what those countries held by
    then, whenever it became public; `published_by` what an outsider could read then; `recorded_by` what this case said
    then. Each is an EDTF date. `min_grade` is such as "C3"; `ties` names kinds of tie.
    """

    PARTS: ClassVar = ("valid", "known_by", "holders", "published_by", "recorded_by", "min_grade", "ties")

    valid: str | None = None
    known_by: str | None = None
    holders: tuple[str, ...] | None = None
    published_by: str | None = None
    recorded_by: str | None = None
    min_grade: str | None = None
    ties: tuple[str, ...] | None = None

    @classmethod
    def of(
        cls,
        valid: str | None = None,
        known_by: str | None = None,
        holders: Sequence[str] | None = None,
        published_by: str | None = None,
        recorded_by: str | None = None,
        min_grade: str | None = None,
        ties: Sequence[str] | None = None,
    ) -> Lens:
        """Checked.

        Raises
        ------
        BadDate, BadQuestion
            A part cannot be read, or `holders` comes without `known_by`.
        """
        for text in (valid, known_by, published_by, recorded_by):
            dates.parse(text or "")
        if holders and not known_by:
            raise BadQuestion("holders are asked for without a date; add known_by, such as 2015-11-12")
        for kind in ties or ():
            if not schema().is_tie(kind):
                raise BadQuestion(f"{kind!r} is no kind of tie; did you mean {nearest(kind, schema().ties)!r}?")
        if min_grade:
            grading.check(min_grade)
        return cls(
            valid, known_by, tuple(holders) if holders else None, published_by, recorded_by, min_grade,
            tuple(ties) if ties else None,
        )  # fmt: skip

    def stated(self) -> dict[str, Any]:
        """Those that were given."""
        return {key: value for key, value in asdict(self).items() if value is not None}
