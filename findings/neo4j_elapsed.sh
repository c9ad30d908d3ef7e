#!/usr/bin/env bash
# neo4j 6.4.1 (Python driver), neo4j.time.DateTime, the type in which the database's date-times arrive: one minus another.
# Good guess: the time that passed between two moments, as for Python's datetime and for the driver's own Date; equal moments are
#   nothing apart; the longer of two spans is the greater.
# Seen, zones: the offset is ignored. 23:30 at +01:00 and 22:30 at UTC are equal (==) and one hour apart by subtraction; 23:30 in Paris and
#   23:30 in New York, six hours apart, give PT0S, although < knows which is earlier.
#   Seen, months: fields are subtracted one by one: 31 January 12:00 to 1 March 00:00, 29.5 days, is P2M-30DT-12H; so
#   .months is 2, .days -30. Spans compare field by field, months first: it is "longer" than the 59 days from 1 January to
#   29 February, and max() and sorted() take it for the longer. Between two Date the same days come as plain days.
# Why it matters: "who called within an hour of whom", the delay between a warning and its sharing, the longest gap, are
#   subtractions of two values that came from the database in different zones. The text says only that it yields "the
#   duration between the two".
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"; "$work/env/bin/pip" install -q --disable-pip-version-check neo4j==6.4.1
"$work/env/bin/python" - <<'PY'
from datetime import timedelta

from neo4j.time import Date, DateTime

paris, utc = DateTime.from_iso_format("2015-11-13T23:30:00+01:00"), DateTime.from_iso_format("2015-11-13T22:30:00+00:00")
york = DateTime.from_iso_format("2015-11-13T23:30:00-05:00")
print("the same moment:", paris == utc, "| subtracted:", utc - paris)
print("Paris before New York:", paris < york, "| subtracted:", york - paris, "| by datetime:", york.to_native() - paris.to_native())
short = DateTime(2016, 3, 1, 0, 0) - DateTime(2016, 1, 31, 12, 0)
long = DateTime(2016, 2, 29, 0, 0) - DateTime(2016, 1, 1, 0, 0)
print("29.5 days:", short, "| 59 days:", long, "| max:", max(short, long), "| two Date:", Date(2016, 3, 1) - Date(2016, 1, 31))
assert paris == utc and str(utc - paris) == "PT-1H"
assert paris < york and str(york - paris) == "PT0S" and york.to_native() - paris.to_native() == timedelta(hours=6)
assert tuple(short) == (2, -30, -43200, 0) and tuple(long) == (1, 28, 0, 0)
assert max(short, long) is short and str(Date(2016, 3, 1) - Date(2016, 1, 31)) == "P30D"
print("as described")
PY
