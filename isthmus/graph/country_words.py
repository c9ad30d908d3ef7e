"""What a country and its people are called in the languages of the field: English, French, German, Dutch, Spanish,
Italian, Turkish and Arabic.

The names are those of the Unicode CLDR (`country_names.csv`, made by `docs/make_country_names.py`); the words for a
people (`nationalities.csv`) were written by hand. A word that is used of two countries, such as Congolese, stands under
both.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from isthmus.graph.country_tables import key, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_REMARK = re.compile(r"\s*\([^)]*\)")


def meanings(text: str) -> frozenset[str]:
    """Codes of the countries that a word can mean: none, one, or several where it is ambiguous."""
    return _words().get(key(text), frozenset())


@cache
def _words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for table, forms in (("country_names.csv", _names), ("nationalities.csv", _forms)):
        for row in rows_of(table):
            code = row["code"]
            for language, cell in row.items():
                for spelling in forms(language, cell) if language != "code" else ():
                    found.setdefault(key(spelling), set()).add(code)
    found.pop("", None)
    return {spelling: frozenset(codes) for spelling, codes in found.items()}


def _names(language: str, cell: str) -> Iterator[str]:
    """A name, and what it is without a remark; without the article that Arabic writes as one word with it."""
    yield cell
    yield _REMARK.sub("", cell)
    if language == "ar":
        yield cell.removeprefix("ال")


def _forms(language: str, cell: str) -> Iterator[str]:
    for word in filter(None, cell.split(";")):
        yield word
        for ending, endings in _ENDINGS.get(language, {}).items():
            if word.endswith(ending):
                yield from (word[: len(word) - len(ending)] + other for other in endings)
                break


# How the forms of a word for a people follow from the one that the table gives: its feminine, its plurals, its cases.
# For each language the first ending that fits.
_ENDINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "hman": ("hmen", "hwoman", "hwomen"),
        "ese": (), "ch": (), "sh": (), "ss": (), "zian": ("zians",), "i": ("is",), "y": ("ies",), "": ("s",),
    },
    "fr": {
        "ien": ("ienne", "iens", "iennes"), "éen": ("éenne", "éens", "éennes"), "on": ("onne", "ons", "onnes"),
        "e": ("es",), "s": ("se", "ses"), "é": ("ée", "és", "ées"), "": ("e", "s", "es"),
    },
    "de": {
        "sch": ("sche", "scher", "sches", "schen", "schem"), "her": ("he", "hen", "herin"),
        "er": ("erin", "erinnen", "ern"), "e": ("en", "in", "innen"),
        "d": ("de", "der", "des", "den", "dem"), "": (),
    },
    "nl": {
        "er": ("ers", "se"), "aan": ("anen", "aanse"), "iër": ("iërs",), "s": ("se",), "sch": ("sche",), "": ("en",),
    },
    "es": {
        "o": ("a", "os", "as"), "ú": ("úes",), "í": ("íes", "ís"), "és": ("esa", "eses", "esas"), "e": ("es",), "a": ("as", "o"),
        "án": ("ana", "anes", "anas"), "ón": ("ona", "ones", "onas"), "l": ("la", "les", "las"), "": ("a", "es", "as"),
    },
    "it": {"o": ("a", "i", "e", "hi", "he"), "e": ("i",), "a": ("i", "e", "he"), "": ()},
    "tr": {"lı": ("lılar",), "li": ("liler",), "lu": ("lular",), "lü": ("lüler",), "": ()},
    "ar": {"ي": ("ية", "يون", "يين"), "": ()},
}  # fmt: skip
