"""Writes isthmus/graph/country_names.csv anew: what the Unicode CLDR calls each country in the languages of the field.

Run it with babel installed (BSD licence; the names are CLDR's, Unicode licence 3.0), which the program itself does not
need: `pip install babel && python docs/make_country_names.py`.
"""

from __future__ import annotations

import csv
from pathlib import Path

from babel import Locale

LANGUAGES = ("en", "fr", "de", "nl", "es", "it", "tr", "ar")
GRAPH = Path(__file__).parents[1] / "isthmus" / "graph"


def main() -> None:
    """One row a country, a column a language."""
    with (GRAPH / "iso_3166.csv").open(encoding="utf-8", newline="") as rows:
        codes = sorted({row["alpha_2"] for row in csv.DictReader(rows)} | {"XK", "EU"})
    names = {language: Locale(language).territories for language in LANGUAGES}
    with (GRAPH / "country_names.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, lineterminator="\n")
        table.writerow(["code", *LANGUAGES])
        table.writerows([code, *(names[language].get(code, "") for language in LANGUAGES)] for code in codes)


if __name__ == "__main__":
    main()
