"""Words that both of the list's layouts share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from isthmus.graph.errors import BadRow

if TYPE_CHECKING:
    from isthmus.loaders.listing import Entry

LIST = "European Union"
_KINDS = {"P": "Person", "E": "Organisation", "person": "Person", "enterprise": "Organisation"}
_SEXES = {"M": "male", "F": "female", "": "", "N": ""}


def kind_of(code: str) -> str:
    """Person or organisation.

    Raises `BadRow` for another code.
    """
    if code not in _KINDS:
        raise BadRow(f"subject type {code!r}; the list has {', '.join(_KINDS)}")
    return _KINDS[code]


def sexes(code: str) -> str:
    """Gender as a word; empty where the list leaves it open.

    Raises `BadRow` for a letter the list does not use.
    """
    if code not in _SEXES:
        raise BadRow(f"gender {code!r}; the list has M and F")
    return _SEXES[code]


def citizen(entry: Entry, country: str, note: str = "") -> None:
    """A person's citizenship. That of an organisation, which the list has too, is kept under the list's word."""
    if entry.kind == "Person":
        entry.country("citizen_of", country, note)
    else:
        entry.attribute("citizenship", country, note)
