"""What a case is looked at through: made once, checked, and handed down."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from isthmus.graph import dates, grading
from isthmus.graph.countries import countries
from isthmus.graph.errors import BadQuestion
from isthmus.graph.given import day_or_none, word, words
from isthmus.graph.schema import schema

if TYPE_CHECKING:
    from isthmus.graph.given import Day, Texts


@dataclass(frozen=True)
class Lens:
    """What a case is looked at through: the four clocks, the least grade, the kinds of tie, the marking.

    `valid` keeps what certainly or possibly held at that time; `known_by` with `holders` what those countries held by
    then, whenever it became public; `published_by` what an outsider could read then; `recorded_by` what this case said
    then, with its grades and holdings; of its sources only the derivation is as it is known now. Each is an EDTF date. `min_grade` is such as "C3"; `ties` names kinds of tie. `tlp` leaves out the records marked more strictly, such as "GREEN".
    """

    PARTS: ClassVar = ("valid", "known_by", "holders", "published_by", "recorded_by", "min_grade", "ties", "tlp")

    valid: str | None = None
    known_by: str | None = None
    holders: tuple[str, ...] | None = None
    published_by: str | None = None
    recorded_by: str | None = None
    min_grade: str | None = None
    ties: tuple[str, ...] | None = None
    tlp: str | None = None

    @classmethod
    def of(
        cls,
        valid: Day | None = None,
        known_by: Day | None = None,
        holders: Texts | None = None,
        published_by: Day | None = None,
        recorded_by: Day | None = None,
        min_grade: str | None = None,
        ties: Texts | None = None,
        tlp: str | None = None,
    ) -> Lens:
        """Read and checked, in whatever form the parts were given: one lens for all ways to write it.

        Raises
        ------
        BadDate, BadQuestion
            A part cannot be read, or `holders` comes without `known_by`.
        """
        who = countries(holders)
        if who and known_by is None:
            raise BadQuestion("holders are asked for without a date; add known_by, such as 2015-11-12")
        return cls(
            day_or_none(valid), day_or_none(known_by), tuple(sorted(set(who))) or None, day_or_none(published_by),
            day_or_none(recorded_by), grading.check(min_grade) if min_grade else None,
            tuple(sorted(words(ties, schema().ties, "kind of tie"))) or None,
            word(tlp, schema().tlp, "TLP marking") if tlp else None,
        )  # fmt: skip

    @property
    def of_record(self) -> Lens:
        """Its parts that say which record is read; the others say what of it is looked at."""
        return Lens(recorded_by=self.recorded_by, tlp=self.tlp)

    @property
    def day(self) -> int:
        """The last day of what may have been known, as an ordinal; the end of time where no such clock is asked for."""
        return min((dates.day(text) for text in (self.known_by, self.published_by) if text), default=dates.MAX_DAY)

    def stated(self) -> dict[str, Any]:
        """Those that were given."""
        return {key: value for key, value in asdict(self).items() if value is not None}

    def in_words(self) -> str:
        """What it lets through, as the first line of an answer says it; "" where nothing is held back."""
        told = (
            (self.valid, f"so on {self.valid}"),
            (self.known_by, f"known by {self.known_by} to {', '.join(self.holders or ('anyone',))}"),
            (self.published_by, f"published by {self.published_by}"),
            (self.recorded_by, f"recorded by {self.recorded_by}"),
            (self.min_grade, f"graded {self.min_grade} or better"),
            (self.ties, f"ties {', '.join(self.ties or ())}"),
            (self.tlp, f"marked TLP:{self.tlp} at most"),
        )
        return "; ".join(text for given, text in told if given)
