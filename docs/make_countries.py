"""Writes isthmus/graph/iso_3166.csv, the countries of ISO 3166-1: python docs/make_countries.py.

Codes, numbers and short names are ISO's, by the package `iso3166`; formal names are the states' own, by the package
`rigour`, which followthemoney brings (both MIT). What they lack or say otherwise stands in countries.yml.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from iso3166 import countries
from rigour.territories import get_territory

TABLE = Path(__file__).parents[1] / "isthmus" / "graph" / "iso_3166.csv"
USER_ASSIGNED = ("XK",)


def table() -> str:
    """The file's text: a state a row, by code."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(["alpha_2", "alpha_3", "number", "name", "formal"])
    for state in sorted(countries, key=lambda state: state.alpha2):
        if state.alpha2 not in USER_ASSIGNED:
            known = get_territory(state.alpha2.lower())
            formal = known.full_name if known is not None and known.full_name != known.name else ""
            rows.writerow([state.alpha2, state.alpha3, state.numeric, state.name, formal])
    return written.getvalue()


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
