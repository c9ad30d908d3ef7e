"""Countries: one code for every way in which the field's sources write them.

The code is ISO 3166-1 alpha-2. Kosovo is `XK`, the European Union `EU` (both reserved for users). States that ended
by union or by breaking up keep the two letters that ISO 3166-3 lists (`SU`, `YU`, `DD`, `YD`, `VD`, `AN`); where these
were given out twice, the earlier state has the four (`CSHH` Czechoslovakia, beside `CS` Serbia and Montenegro).
A state that only changed its name has today's code (Zaire is `CD`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pkgutil import get_data
from typing import TYPE_CHECKING, Any, NamedTuple

from isthmus.graph.errors import BadQuestion
from isthmus.graph.given import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from isthmus.graph.given import Texts

_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_SMALL_WORDS = {"the", "of", "and"}
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


class _Tables(NamedTuple):
    by_name: dict[str, str]
    by_state_number: dict[str, str]
    by_iso_number: dict[str, str]
    names: dict[str, str]


@lru_cache(maxsize=8192)
def country_code(text: str) -> str | None:
    """ISO alpha-2 code of a country, or None where the text is not the name of one.

    Takes names (English, in any case, with or without accents, in ISO's inverted form), alpha-2, alpha-3 and ISO
    3166-3 codes, and Gleditsch-Ward state numbers. A remark in brackets is passed over where the whole is not known:
    `Russia (Soviet Union)` is `RU`. "International", "Multinational" and names of peoples give None.
    """
    tables = _tables()
    if text.strip().isdigit():
        return tables.by_state_number.get(text.strip().lstrip("0"))
    return tables.by_name.get(_key(text)) or tables.by_name.get(_key(_BRACKETS.sub("", text)))


def country_of_iso_number(text: str) -> str | None:
    """ISO alpha-2 code for an ISO 3166-1 numeric code, with or without its leading zeros."""
    return _tables().by_iso_number.get(text.strip().lstrip("0"))


def country_name(code: str) -> str:
    """Short English name of a code that `country_code` gives; an unknown code comes back as it is."""
    return _tables().names.get(code, code)


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
            raise BadQuestion(f"{part.args[0]!r} names no country; use a code such as BE, and commas between") from None
    return tuple(dict.fromkeys(found))


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
    return _tables().by_name.get(_key(text))


def _key(text: str) -> str:
    """Letters and digits of a name without accents, articles and case: what two spellings have in common."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("'", "").replace("’", "")
    words = re.sub(r"[^\w]+", " ", plain).split()
    kept = ["saint" if word == "st" else word for word in words if word not in _SMALL_WORDS]
    return " ".join(kept or words)  # AND is Andorra


@cache
def _tables() -> _Tables:
    import yaml

    own: dict[str, dict[Any, Any]] = yaml.safe_load(_text("countries.yml"))
    by_name: dict[str, str] = {}
    names: dict[str, str] = {}
    for code, spelling, shown in [*_historic_states(set(own["standing"])), *_present_states()]:
        by_name[_key(spelling)] = code
        if shown:
            names[code] = spelling
    for table in ("codes", "names"):
        for code, spellings in own[table].items():
            by_name |= {_key(spelling): code for spelling in [code, *spellings]}
    by_name |= {_key(formal): code for code, formal in own["formal"].items()}
    names |= own["shown"]
    by_name |= {_key(name): code for code, name in names.items()}
    numbers = {str(number): code for number, code in own["gleditsch_ward"].items()}
    return _Tables(by_name, numbers, _iso_numbers(), names)


def _present_states() -> Iterator[tuple[str, str, bool]]:
    """Code, spelling, and whether that is the one to show; later ones win over earlier ones."""
    for state in _rows("iso_3166.csv"):
        code, name = state["alpha_2"], state["name"]
        for spelling in (code, state["alpha_3"], state["formal"], name):
            if spelling:
                yield code, spelling, spelling == name
        if ", " in name:
            first, last = name.split(", ", 1)
            yield code, f"{last} {first}", False


def _historic_states(standing: set[str]) -> Iterator[tuple[str, str, bool]]:
    """The states of ISO 3166-3: a code of its own for one that ended, its successor's for one that was renamed."""
    present = {state["alpha_2"] for state in _rows("iso_3166.csv")}
    for state in _rows("iso_3166_3.csv"):
        former, letters, name = state["alpha_4"], state["alpha_2"], state["name"]
        ended = former[2:] in ("HH", "XX") or letters in standing
        taken = letters in present or former == "CSHH"
        code = (former if taken else letters) if ended else former[2:]
        short = name.split(",")[0]
        for spelling in (state["alpha_3"], former, name, short, *([] if taken else [letters])):
            yield code, spelling, ended and spelling == short


def _iso_numbers() -> dict[str, str]:
    return {state["number"].lstrip("0"): state["alpha_2"] for state in _rows("iso_3166.csv")}


@cache
def _rows(name: str) -> list[dict[str, str]]:
    import csv

    return list(csv.DictReader(_text(name).splitlines()))


def _text(name: str) -> str:
    return (get_data("isthmus.graph", name) or b"").decode()
