"""Words that both of the list's layouts share."""

from __future__ import annotations

from isthmus.graph.errors import BadRow

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
