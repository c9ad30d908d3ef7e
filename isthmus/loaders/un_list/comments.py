"""Ties that the list's comments state in words: "Brother of … (QDi.123)"."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from isthmus.graph.errors import BadDate
from isthmus.graph.schema import schema
from isthmus.loaders.days import edtf

if TYPE_CHECKING:
    from collections.abc import Iterator

# A number in round brackets, alone or with words, with its slips: (QDi.123), (QDe.092.), (QDi322), (listed under … QDe.118).
_NUMBER = re.compile(r"\b([A-Z]{2})([ie])\.? ?(\d{3})\b")
_BRACKET = re.compile(r"\([^()]*\)?")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)\."
_BREAK = re.compile(r"(?<!\b[A-Z]\.)(?<!Dr\.)(?<!No\.)(?<=[.;])\s+(?=[A-Z])|\s(?=INTERPOL-UN|Review pursuant)")
_DATED = re.compile(
    r"\b(since|as of|as at)(?: at least| approximately| mid-| early| late| around)?\s*((?:\d{1,2} )?(?:[A-Z][a-z]{2,8}\.? )?\d{4})\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r",|despite|custody|arrest|detain|detention|prison|incarcerat|sentence")
_LOWER = re.compile(r"^ (?:the |an? )?(?!(?:the|an?) )[a-z]")
_SMALL = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}  # as many letters after as before


class Stated(NamedTuple):
    """One number named in a comment, and the tie that the words before it state."""

    number: str  # QDi.123
    tie: str  # a tie of the vocabulary; empty where the number is named and no tie can be read
    back: bool  # the tie runs from the one named to the one listed
    role: str  # the words that say so
    valid: str
    start: int  # place of the words in the comment
    end: int


class _Cue(NamedTuple):
    pattern: re.Pattern[str]
    tie: str
    back: bool
    to: str
    entry: str
    role: str
    unit: str


class _Found(NamedTuple):
    start: int
    end: int
    cue: _Cue


def stated(comment: str, kind: str) -> list[Stated]:
    """Every bracketed number of a comment, in order, with the tie its sentence states.

    `kind` is that of the entry, `person` or `group`. White space in the comment should be single blanks.
    """
    return [one for start, end in _sentences(comment) for one in _in_sentence(comment, start, end, kind)]


def _sentences(comment: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _BREAK.finditer(comment):
        before = comment[max(0, found.start() - 6) : found.start()]
        if re.search(rf"{_MONTH}$", before):
            continue  # "30 Jun. Arrested" is rarer than "since Jun. Afghanistan"; neither matters to a tie's cue
        yield start, found.start()
        start = found.end()
    yield start, len(comment)


def _in_sentence(comment: str, start: int, end: int, kind: str) -> Iterator[Stated]:
    sentence = comment[start:end]
    brackets = [item for item in _BRACKET.finditer(sentence) if _NUMBER.search(item.group())]
    if not brackets:
        return
    masked = _BRACKET.sub(lambda item: "(" + "_" * (len(item.group()) - 2) + ")", sentence).translate(_SMALL)
    cues, after = _cues()
    found = [_Found(item.start(), item.end(), cue) for cue in cues for item in cue.pattern.finditer(masked)]
    for place, bracket in enumerate(brackets):
        following = brackets[place + 1].start() if place + 1 < len(brackets) else len(sentence)
        valid = _valid(sentence, bracket.end(), following)
        for number in _NUMBER.finditer(bracket.group()):
            to = "person" if number[2] == "i" else "group"
            best = _nearest(found, bracket.start(), to, kind) or _behind(masked, bracket.end(), after, to, kind)
            yield _state(sentence, start, bracket, f"{number[1]}{number[2]}.{number[3]}", best, valid)


def _nearest(found: list[_Found], before: int, to: str, kind: str) -> _Found | None:
    """The cue that ends last before the bracket; of those that end together, the one that starts first."""
    fits = [item for item in found if item.end <= before and _fits(item.cue, to, kind)]
    return max(fits, key=lambda item: (item.end, -item.start), default=None)


def _behind(masked: str, at: int, after: tuple[_Cue, ...], to: str, kind: str) -> _Found | None:
    for cue in after:
        item = cue.pattern.match(masked, at)
        if item is not None and _fits(cue, to, kind):
            return _Found(item.start(), item.end(), cue)
    return None


def _fits(cue: _Cue, to: str, kind: str) -> bool:
    return cue.to in ("", to) and cue.entry in ("", kind)


def _state(sentence: str, offset: int, bracket: re.Match[str], number: str, best: _Found | None, valid: str) -> Stated:
    if best is None or not best.cue.tie:
        return Stated(number, "", False, "", "", offset + bracket.start(), offset + bracket.end())
    cue, words = best.cue, sentence[best.start : best.end].strip(" ,.)")
    tie = cue.tie
    if cue.unit and best.end <= bracket.start() and _LOWER.match(sentence[best.end :]):
        tie = cue.unit
    first, last = min(best.start, bracket.start()), max(best.end, bracket.end())
    return Stated(number, tie, cue.back, cue.role or words.lower(), valid, offset + first, offset + last)


def _valid(sentence: str, start: int, end: int) -> str:
    """The date that follows a name: "since" opens an interval, "as of" is that day."""
    found = _DATED.search(sentence, start, end)
    if found is not None and _OTHER.search(sentence[start : found.start()].lstrip(",")):
        found = None  # it dates something else
    if found is None and start and (opening := _DATED.match(sentence)) is not None:
        found = opening  # "As at Aug. 2015, leader of …"
    if found is None:
        return ""
    try:
        date = edtf(found[2])
    except BadDate:
        return ""
    return f"{date}/.." if found[1].lower() == "since" else date


def tie_between(tie: str, kind: str, other: str) -> str:
    """The tie itself, or `linked_to` where the vocabulary doesn't have it between these kinds."""
    declared = schema().ties[tie]
    return tie if kind in declared.sources and other in declared.targets else "linked_to"


@cache
def _cues() -> tuple[tuple[_Cue, ...], tuple[_Cue, ...]]:
    import yaml

    stated: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        files("isthmus.loaders.un_list").joinpath("comments.yml").read_text(encoding="utf-8")
    )
    before = tuple(_cue(one, r"\b(?:{})(?=[\s(])") for one in stated["cues"])
    behind = tuple(
        _cue(one, r"[\s,]*(?:{})\b(?=[\s,.;]*(?:$|[,.;]|and\b|in\b|for\b|of\b|also\b|with\b|finance))")
        for one in stated["after"]
    )
    return before, behind


def _cue(one: dict[str, Any], frame: str) -> _Cue:
    tie = "" if one["tie"] == "none" else one["tie"]
    pattern = re.compile(frame.replace("{}", one["words"]))
    return _Cue(
        pattern,
        tie,
        bool(one.get("back")),
        one.get("to", ""),
        one.get("entry", ""),
        one.get("role", ""),
        one.get("unit", ""),
    )
