#!/usr/bin/env bash
# undate 0.8.0 (Python): comparing partly known dates parsed from EDTF: ==, <, >, in, intersection.
# Good guess: 1985 and 198X cannot be ordered (the decade holds the year): the library says so for 1985 and 1985-06, where it
#   raises "Can't compare when one date falls within the other"; and "in" is True, as it is for 1985-06 in 1985.
# Seen: "1985 > 198X" is True, no error, and so is "1980 > 198X"; 1985 lies neither in 198X nor is it equal to it; 15 March
#   1985 is not in 1985-XX-15, the fifteenth of some month. A digit that is not known is compared as if it made the date
#   earlier. Two intervals that share one whole year, 1984/1986 and 1986/1990, have no intersection (None); those that
#   share two have one. A qualifier is dropped while parsing: 1984~ == 1984 is True and prints as 1984.
# Why it matters: "born in the 1980s" against "born in 1985" is the ordinary case of name matching. Here the second is
#   certainly the later: a true pair is thrown out as a conflict of dates, an event is put after a decade that holds it,
#   and "about 1984" has become as sure as any. The dropped qualifier is a to-do in the source; the rest is not documented.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"; "$work/env/bin/pip" install -q --disable-pip-version-check undate==0.8.0
"$work/env/bin/python" - <<'PY'
from undate import Undate


def date(text):
    return Undate.parse(text, "EDTF")


def said(one, other):
    try:
        order = "later" if date(one) > date(other) else "not later"
    except NotImplementedError as error:
        order = f"raises: {error}"
    return f"{one} against {other}: in it {date(one) in date(other)}, equal {date(one) == date(other)}, {order}"


PAIRS = [("1985-06", "1985"), ("1985", "198X"), ("1980", "198X"), ("1985-03-15", "1985-XX-15")]
lines = [said(*pair) for pair in PAIRS]
print(*lines, sep="\n")
one_year, two_years = (date("1984/1986").intersection(date(other)) for other in ("1986/1990", "1985/1990"))
print("1984/1986 and 1986/1990 share", one_year, "| 1984/1986 and 1985/1990 share", two_years)
print("1984~ == 1984:", date("1984~") == date("1984"), "| 1984~ prints as", date("1984~"))
assert "in it True" in lines[0] and "raises" in lines[0]
assert lines[1:3] == [f"{year} against 198X: in it False, equal False, later" for year in (1985, 1980)]
assert date("198X").earliest <= date("1985").earliest and date("1985").latest <= date("198X").latest  # and yet it knows
assert date("1985-03-15") not in date("1985-XX-15")
assert one_year is None and str(two_years) == "1985/1986"
assert date("1984~") == date("1984") and str(date("1984~")) == "1984"
print("as described")
PY
