"""Tables of the countries' codes, names and numbers; read once."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_SMALL_WORDS = {"the", "of", "and"}


class Tables(NamedTuple):
    """Codes by the key of a spelling and by two kinds of number, short English names by code, what may stand in brackets
    behind a name and changes nothing, and the ended states that the name of one of today is still said with."""

    by_name: dict[str, str]
    by_state_number: dict[str, str]
    by_iso_number: dict[str, str]
    names: dict[str, str]
    remarks: re.Pattern[str]
    former: dict[str, list[str]]


def key(text: str) -> str:
    """Letters and digits of a name without accents, articles and case: what two spellings have in common."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").replace("ı", "i")).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("'", "").replace("’", "")
    words = re.sub(r"[^\w]+", " ", plain).split()
    kept = ["saint" if word == "st" else word for word in words if word not in _SMALL_WORDS]
    return " ".join(kept or words)  # AND is Andorra


@cache
def tables() -> Tables:
    """What stands in `iso_3166.csv`, `iso_3166_3.csv` and `countries.yml`."""
    import yaml

    own: dict[str, dict[Any, Any]] = yaml.safe_load(text_of("countries.yml"))
    by_name: dict[str, str] = {}
    names: dict[str, str] = {}
    for code, spelling, shown in [*_historic_states(set(own["standing"]), set(own["withdrawn"])), *_present_states()]:
        by_name[key(spelling)] = code
        if shown:
            names[code] = spelling
    for table in ("codes", "names"):
        for code, spellings in own[table].items():
            by_name |= {key(spelling): code for spelling in [code, *spellings]}
    by_name |= {key(formal): code for code, formal in own["formal"].items()}
    names |= own["shown"]
    by_name |= {key(name): code for code, name in names.items()}
    numbers = {str(number): code for number, code in own["gleditsch_ward"].items()}
    remarks = re.compile("|".join(own["remarks"]), re.IGNORECASE)
    return Tables(by_name, numbers, _iso_numbers(), names, remarks, own["former"])


def _present_states() -> Iterator[tuple[str, str, bool]]:
    """Code, spelling, and whether that is the one to show; later ones win over earlier ones."""
    for state in rows_of("iso_3166.csv"):
        code, name = state["alpha_2"], state["name"]
        for spelling in (code, state["alpha_3"], state["formal"], name):
            if spelling:
                yield code, spelling, spelling == name
        if ", " in name:
            first, last = name.split(", ", 1)
            yield code, f"{last} {first}", False


def _historic_states(standing: set[str], unwritten: set[str]) -> Iterator[tuple[str, str, bool]]:
    """The states of ISO 3166-3: a code of its own for one that ended, its successor's for one that was renamed."""
    present = {state["alpha_2"] for state in rows_of("iso_3166.csv")}
    for state in rows_of("iso_3166_3.csv"):
        former, letters, name = state["alpha_4"], state["alpha_2"], state["name"]
        ended = former[2:] in ("HH", "XX") or letters in standing
        taken = letters in present or letters in unwritten or former == "CSHH"
        code = (former if taken else letters) if ended else former[2:]
        short = name.split(",")[0]
        for spelling in (state["alpha_3"], former, name, short, *([] if taken else [letters])):
            yield code, spelling, ended and spelling == short


def _iso_numbers() -> dict[str, str]:
    return {state["number"].lstrip("0"): state["alpha_2"] for state in rows_of("iso_3166.csv")}


@cache
def rows_of(name: str) -> list[dict[str, str]]:
    """Rows of a table beside this file."""
    import csv

    return list(csv.DictReader(text_of(name).splitlines()))


def text_of(name: str) -> str:
    """Such a file as text."""
    return (get_data("isthmus.graph", name) or b"").decode()
