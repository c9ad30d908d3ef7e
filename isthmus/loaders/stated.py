"""What a `source.yml` may state; a loader with keys of its own declares them in its folder's `stated.py`, as `Own`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import field

from isthmus.graph.errors import BadInput
from isthmus.graph.suggestion import choices, nearest
from isthmus.graph.typed import Typed

if TYPE_CHECKING:
    from collections.abc import Mapping


class Publisher(Typed, frozen=True):
    """Who published the source, and the code of whose country."""

    name: str
    country: str = ""


class Sign(Typed, frozen=True):
    """What the files of a source show: one of four, each enough by itself; `says` words a `text`. See `recognise`."""

    names: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    root: str = ""
    text: str = ""
    says: str = ""


class Option(Typed, frozen=True):
    """An option of the loader, `--set NAME=…`: what it takes, and what it is for."""

    takes: str
    says: str


class Stated(Typed, frozen=True, kw_only=True):
    """What any source may state of itself."""

    title: str
    publisher: Publisher
    licence: str
    files: tuple[str, ...]
    attribution: str = ""
    redistribute: bool | None = None
    published: str = ""
    locator: str = ""
    language: str = ""
    extent_seen: str = "dataset"
    derived_from: str = ""
    recognise: Sign | tuple[Sign, ...] = ()
    complete: bool = False
    expect: dict[str, tuple[int, int]] = field(default_factory=dict)
    quarantine: float | None = None
    encoding: str = ""
    reliability: str = ""
    graded: str = ""
    options: dict[str, Option] = field(default_factory=dict)

    @property
    def signs(self) -> tuple[Sign, ...]:
        """All that the files may show."""
        return (self.recognise,) if isinstance(self.recognise, Sign) else self.recognise


class Columnar(Stated, frozen=True, kw_only=True):
    """A table with coded columns; `categories` are words by code, or words alone."""

    required: tuple[str, ...] = ()
    aliases: dict[str, str] = field(default_factory=dict)
    categories: dict[str, dict[str | int, str] | tuple[str, ...]] = field(default_factory=dict)
    corrections: dict[str, dict[str, str]] = field(default_factory=dict)


class Wide(Columnar, frozen=True, kw_only=True):
    """A wide table: columns that are used, and those kept in the text alone."""

    used: list[str]
    ignored: tuple[str, ...]


class Graded(Typed, frozen=True):
    """A credibility, and why."""

    grade: int
    why: str


class Meant(Typed, frozen=True):
    """The country that a text means: its code, from when, with what remark, and how sure the list is."""

    code: str
    valid: str | None = None
    note: str | None = None
    grade: int | None = None


class Listing(Stated, frozen=True, kw_only=True):
    """A list of sanctions: the credibility of the listing and of the particulars, and what texts stand for countries."""

    credibility: dict[str, Graded] = field(default_factory=dict)
    countries: dict[str, str | Meant | tuple[str | Meant, ...]] = field(default_factory=dict)


UNTOLD = Stated(title="", publisher=Publisher(""), licence="", files=())
"""Of files that are only looked at."""

COMMON = {
    "any_count": Option("yes", "load whatever the expected counts say (--any-count)"),
    "quarantine_share": Option("0 to 1", "the largest share of rows that may be set aside (--quarantine-share)"),
    "encoding": Option("a name", "encoding of the files, where it is not found out (--encoding)"),
    "namespace": Option("a name", "what is put before every id (--namespace)"),
    "same_ids": Option("yes", "ids are those of the case, even where names differ (--same-ids)"),
}
"""Options that every source has."""


def check_options(name: str, stated: Stated, given: Mapping[str, str]) -> None:
    """Raise `BadInput` for an option that the source does not have; the message lists those it has."""
    known = {**stated.options, **COMMON}
    for key in given:
        if key not in known:
            near = nearest(key, known)
            listed = "; ".join(f"{one}={option.takes}: {option.says}" for one, option in stated.options.items())
            own = f"its own are {listed}" if listed else "it has none of its own"
            meant = f"did you mean {near!r}? " if near else ""
            raise BadInput(f"{name} has no option {key!r}; {meant}{own}; all sources have {choices(COMMON)}")
