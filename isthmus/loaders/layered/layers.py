"""What the name of a layer says: a period, a relation, codes, or nothing but the network's own name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from isthmus.graph.errors import BadInput, UnknownWord

if TYPE_CHECKING:
    from isthmus.loaders.layered.stated import Known, Own

_NUMBER = re.compile(r"^\d{1,2}_")
_PERIOD = re.compile(r"^(?P<from>(?:19|20)\d\d)(?:_(?P<to>(?:19|20)\d\d))?(?:_(?P<half>[12]))?$")
_HALVES = {"1": "{0}-01/{0}-06", "2": "{0}-07/{0}-12"}


class Meaning(NamedTuple):
    """How the rows of one layer are read."""

    tie: str = ""  # the tie's kind; empty: the kinds of its ends say it
    role: str = ""
    valid: str = ""  # EDTF
    skip: str = ""  # why its rows are passed over
    code: str = ""  # a code that the layer's name holds
    codes: str = ""  # table of `source.yml` by which its values are read


def shared(names: list[str]) -> str:
    """What the layers' names begin with alike once their numbers are off, up to a `_` or `-`; one name, itself."""
    bare = [_NUMBER.sub("", name) for name in names]
    if len(set(bare)) == 1:
        return bare[0]
    prefix = _begin(bare)
    return prefix[: max(prefix.rfind("_"), prefix.rfind("-")) + 1]


def meanings(names: list[str], meta: Own, about: Known) -> dict[str, Meaning]:
    """How each layer is read. `about` is what `source.yml` knows of the network.

    Raises `UnknownWord` for a layer among several that is neither a period nor a known relation.
    """
    bare = {name: _NUMBER.sub("", name) for name in names}
    if len(set(bare.values())) == 1:
        return {name: _alone(bare[name], meta, about) for name in names}
    begins = shared(names)
    rests = {name: text[len(begins) :] for name, text in bare.items()}
    ends = _shared_end(list(rests.values()))
    found = {}
    for name, rest in rests.items():
        core = rest[: len(rest) - len(ends)] if ends else rest
        found[name] = _meaning(name, (core, rest, bare[name]), meta, about)
    return found


def _begin(texts: list[str]) -> str:
    """What all texts begin with: what the first and the last in order do."""
    first, last = min(texts), max(texts)
    same = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[:same]


def _shared_end(rests: list[str]) -> str:
    """What all rests end with, from a `_` on."""
    suffix = _begin([rest[::-1] for rest in rests])[::-1]
    at = suffix.find("_")
    return suffix[at:] if at >= 0 else ""


def _alone(name: str, meta: Own, about: Known) -> Meaning:
    """The one layer of a network: a tie, whatever its name, unless the name says which."""
    stated = Meaning(about.tie, valid=about.valid)
    return _relation((name,), meta, stated) or stated


def _meaning(name: str, readings: tuple[str, ...], meta: Own, about: Known) -> Meaning:
    for text in readings:
        if valid := period(text):
            return Meaning(about.tie, valid=valid)
    stated = Meaning(valid=about.valid)
    found = _relation(readings, meta, stated)
    if found is None:
        raise UnknownWord(
            f"layer {name!r} is neither a period nor a relation that isthmus/loaders/layered/source.yml knows; "
            "add it there, or leave its rows out of the file"
        )
    return found


def _relation(readings: tuple[str, ...], meta: Own, stated: Meaning) -> Meaning | None:
    for known in meta.relations:
        for text in readings:
            fits = re.fullmatch(known.name, text, re.IGNORECASE)
            if fits is None:
                continue
            parts = fits.groupdict("")
            return stated._replace(
                tie=stated.tie if known.tie is None else known.tie,
                role=known.role.format(**parts),
                skip=known.skip,
                code=parts.get("code", ""),
                codes=known.codes,
            )
    return None


def period(text: str) -> str:
    """EDTF of a period such as `1995`, `1985_1989` or `2004_1`; empty where it is none.

    Raises `BadInput` for one that ends before it starts.
    """
    fits = _PERIOD.match(text)
    if fits is None:
        return ""
    start, end, half = fits["from"], fits["to"], fits["half"]
    if half and not end:
        return _HALVES[half].format(start)
    if end and end < start:
        raise BadInput(f"layer {text!r}: the period ends before it starts")
    return f"{start}/{end}" if end else start
