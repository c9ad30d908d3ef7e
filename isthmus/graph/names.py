"""Names: their folded forms, to find a person by any spelling, and whose are never shown.

A folded form is never stored or shown.
"""

from __future__ import annotations

import re
import unicodedata

NEVER_NAMED = frozenset({"minor", "victim"})
"""Statuses of those whose name is never shown: `schema().never_named`, for who has no time to read the vocabulary."""
_ARTICLE = re.compile(r"\b(al|el|ad|as|ash|an|ar|at|az)[- ]", re.IGNORECASE)
_SERVANT = re.compile(r"\babd ?[aeu]l[- ]?")  # Abd al-Hamid, Abdelhamid, Abdul Hamid
_FOLDS = (
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("aa", "a"), ("dj", "j"), ("kh", "h"), ("gh", "g"), ("q", "k"),
    ("ph", "f"), ("y", "i"), ("w", "u"),
)  # fmt: skip


def plain(name: str) -> str:
    """Lower case, without accents and punctuation; scripts other than Latin are kept."""
    decomposed = unicodedata.normalize("NFKD", name)
    kept = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+", " ", kept.replace("'", "").replace("’", "")).casefold().replace("_", " ").split())


def folded(name: str) -> str:
    """Spellings of one Arabic name in English, French and Dutch press fold to one form.

    >>> folded("Abou Omar al-Belgiki") == folded("Abu 'Umar al Belgiki")
    False
    >>> folded("Mohammed El-Khazzani") == folded("Mohamed Khazzani")
    True
    """
    text = _ARTICLE.sub("", _SERVANT.sub("abd", plain(name)))
    for written, fold in _FOLDS:
        text = text.replace(written, fold)
    return re.sub(r"(\w)\1+", r"\1", text)
