"""Countries: one code for every way in which the field's sources write them.

The code is ISO 3166-1 alpha-2. Kosovo is `XK`, the European Union `EU` (both reserved for users). States that ended
by union or by breaking up keep the two letters that ISO 3166-3 lists (`SU`, `YU`, `DD`, `YD`, `VD`, `AN`); where these
were given out twice, the earlier state has the four (`CSHH` Czechoslovakia, beside `CS` Serbia and Montenegro).
A state that only changed its name has today's code (Zaire is `CD`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from isthmus.graph.country_tables import key, tables
from isthmus.graph.country_words import meanings
from isthmus.graph.errors import BadQuestion
from isthmus.graph.given import names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from isthmus.graph.given import Texts

_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]")
# What may stand between two countries, the surest separator first: names hold commas, "and", blanks and hyphens too.
_SEPARATORS = tuple(
    (re.compile(pattern), glue)
    for pattern, glue in (
        (r"[;|/\n\t]", "; "),
        (r",", ", "),
        (r"\s(?:(?i:and)|&|\+)\s", " and "),
        (r"[\s\-–—:·_.+&]+", " "),
    )
)


@lru_cache(maxsize=8192)
def country_code(text: str) -> str | None:
    """ISO alpha-2 code of a country, or None where the text is not the name of one.

    Takes names and words for a people (in English, French, German, Dutch, Spanish, Italian, Turkish and Arabic, in any
    case, with or without accents, in ISO's inverted form), alpha-2, alpha-3 and ISO 3166-3 codes, and Gleditsch-Ward
    state numbers. `Sudan (South)` is South Sudan. A bracket is passed over where it is a remark, such as (previous), or
    another name of the same state, as in `Russia (Soviet Union)`; `China (Taiwan)` is none. "International",
    "Multinational" and words used of two countries, such as Congolese, give None; see `candidates`.
    """
    if text.strip().isdigit():
        return tables().by_state_number.get(text.strip().lstrip("0"))
    return _named(text) or _with_bracket(text)


def candidates(text: str) -> tuple[str, ...]:
    """Codes of the countries that a text which is no one country's name is used of, in order; mostly none."""
    found = meanings(text)
    return tuple(sorted(found)) if len(found) > 1 and tables().by_name.get(key(text)) is None else ()


def _named(text: str) -> str | None:
    code = tables().by_name.get(key(text))
    if code is None and len(found := meanings(text)) == 1:
        (code,) = found
    return code


def _with_bracket(text: str) -> str | None:
    """Code of a name with something in brackets behind it."""
    brackets = _BRACKETS.findall(text)
    outside = _BRACKETS.sub("", text).strip()
    whole = _named(outside)
    if not brackets or whole is None:
        return None
    for inside in brackets:
        if part := _named(f"{inside} {outside}"):  # Sudan (South)
            return part if len(brackets) == 1 else None
        other = _named(inside)
        if other not in (whole, *tables().former.get(whole, ())) and (other or not tables().remarks.search(inside)):
            return None
    return whole


def country_of_iso_number(text: str) -> str | None:
    """ISO alpha-2 code for an ISO 3166-1 numeric code, with or without its leading zeros."""
    return tables().by_iso_number.get(text.strip().lstrip("0"))


def country_name(code: str) -> str:
    """Short English name of a code that `country_code` gives; an unknown code comes back as it is."""
    return tables().names.get(code, code)


def countries(given: Texts | None) -> tuple[str, ...]:
    """Codes of the countries that a text or several texts name, each once, in the order given.

    The reader of every option, parameter and argument that takes countries: codes and names in any case, with any
    separator, as `FR;BE`, `be/fr`, `France and Belgium`, `Korea, Republic of, FR`, `["France", "be"]`. A bare number
    is no country here, for publishers number them differently.

    Raises
    ------
    BadQuestion
        A text that names no country, or has a part that names none.
    """
    found: list[str] = []
    for text in names(given):
        try:
            found += _split(text, 0)
        except LookupError as part:
            raise BadQuestion(no_country(part.args[0])) from None
    return tuple(dict.fromkeys(found))


def several(text: str) -> tuple[str, ...]:
    """Codes of the countries that a text joins, as in `French-Algerian`; none if a part of it is no country."""
    try:
        return tuple(dict.fromkeys(_split(text, 0)))
    except LookupError:
        return ()


def country(given: str) -> str:
    """Code of the one country that a text names; see `countries`.

    Raises
    ------
    BadQuestion
        It names none, or more than one.
    """
    found = countries(given)
    if len(found) != 1:
        raise BadQuestion(f"{given!r} names {len(found)} countries; give one, such as BE")
    return found[0]


def no_country(text: str) -> str:
    """Why a text is not read as a country, and what to write."""
    if meant := candidates(text):
        words = " or ".join(f"{country_name(code)} ({code})" for code in meant)
        return f"{text!r} is said of {words}; write the code"
    return f"{text!r} names no country; use a code such as BE, and commas between"


def _split(text: str, level: int) -> list[str]:
    """Codes in a text that is one country, or several joined by separators from `level` on.

    Raises
    ------
    LookupError
        The part that is no country.
    """
    whole = _whole(text)
    if whole is not None:
        return [whole]
    if level == len(_SEPARATORS) or _BRACKETS.search(text):  # Congo (DRC) is one country, not two
        raise LookupError(text)
    pattern, glue = _SEPARATORS[level]
    parts = [part.strip() for part in pattern.split(text) if part.strip()]
    found: list[str] = []
    while parts:
        taken = _longest(parts, glue)
        found += _split(glue.join(parts[:taken]), level + 1)
        parts = parts[taken:]
    if not found:
        raise LookupError(text)
    return found


def _longest(parts: Sequence[str], glue: str) -> int:
    """How many of the first parts are one name, as in `Korea | Republic of`; a further country is never swallowed."""
    for taken in range(len(parts), 1, -1):
        if _whole(glue.join(parts[:taken])) and not any(_whole(part) for part in parts[1:taken]):
            return taken
    return 1


def _whole(text: str) -> str | None:
    """Code of a text that is one country. "FR and" is none, and "and" alone is no Andorra (AND is)."""
    words = re.findall(r"\w+", text)
    if not words or words[-1] == "and" or (len(words) > 1 and words[-1] == "AND") or text.strip().isdigit():
        return None
    return _named(text)
