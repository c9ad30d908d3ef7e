"""What an error offers in the place of a word that is not known.

A word that looks like another is offered alone only where it says nothing of anyone: a command, an option, a
column, a sheet. A status, a tie, a property, a kind, a basis, a person is never guessed: the words there are get
listed, for `witness` is no `wanted` and a name in the case is not that of whoever was asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALIKE = 0.6
"""Likeness (Ratcliff and Obershelp) below which a word is no slip of the pen for another."""

_MOST = 100
"""Words listed; the vocabulary has fewer, the sources of a case may be thousands."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks like it; "" where none does."""

    from difflib import get_close_matches  # what no fault needs is not imported

    return next(iter(get_close_matches(word, list(known), n=1, cutoff=_ALIKE)), "")


def suggestion(word: str, known: Iterable[str]) -> str:
    """`did you mean 'x'?` where a known word looks like it; else the known words."""
    words = list(known)
    near = nearest(word, words)
    return f"did you mean {near!r}?" if near else choices(words)


def choices(known: Iterable[str]) -> str:
    """The known words, none of them singled out; a set comes in the order of the alphabet."""
    words = [word for word in (sorted(known) if isinstance(known, (set, frozenset)) else known) if word]
    more = f" and {len(words) - _MOST:,} more" if len(words) > _MOST else ""
    return f"choose from {', '.join(words[:_MOST])}{more}" if words else "there is none to choose"
