#!/usr/bin/env bash
# undate 0.8.0 (Python): a date read in the Islamic or Hebrew calendar, written as EDTF or ISO 8601.
# Good guess: both standards know the Gregorian calendar only, and the library has converted the date (its earliest and
#   latest day are right), so what it writes is the converted span, or it refuses.
# Seen: it writes the numbers of the other calendar as they stand, without a sign: Rajab 1437 (April and May 2016) becomes
#   "1437-07", 5 Tishri 5784 becomes "5784-07-05" (September 2023), both valid EDTF; read back they are the years 1437 and
#   5784 of our era. str() gives the same. The library then says that the date equals neither what it came from, nor 2016.
# Why it matters: papers and court files of the region are dated so. A case exported and read again puts a journey of 2016
#   into the fifteenth century, validly, and every sort and filter by time loses it. Not in the documentation.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"; "$work/env/bin/pip" install -q --disable-pip-version-check undate==0.8.0
"$work/env/bin/python" - <<'PY'
from undate import Undate

CASES = [("Rajab 1437", "Islamic", "1437-07", 2016), ("9 Ramadan 1444", "Islamic", "1444-09-09", 2023),
         ("5 Tishri 5784", "Hebrew", "5784-07-05", 2023)]
for text, calendar, written, year in CASES:
    read = Undate.parse(text, calendar)
    edtf, iso = read.format("EDTF"), read.format("ISO8601")
    again = Undate.parse(edtf, "EDTF")
    print(f"{text}: {read.earliest} to {read.latest}; as EDTF {edtf}, as ISO 8601 {iso}; read again {again.earliest}"
          f" to {again.latest}, the same: {again == read}")
    assert str(read.earliest).startswith(str(year)) and str(read.latest).startswith(str(year))
    assert edtf == iso == str(read) == written
    assert str(again.earliest).startswith(written[:4]) and again != read
print("as described")
PY
