#!/usr/bin/env bash
# @edtf-ts/core 0.4.2 (npm): calculateAgeRange(edtf, date), made for births that are partly known.
# Good guess: a RANGE: who was born in 1998 is 17 or 18 in 2016; in 199X, 16 to 26; the two ways to write a year without a
#   month, 1998 and 1998-XX, give one answer, as the bounds of the two (earliest, latest) are the same in the library.
# Seen: on 15 January 2016 "1998" is [18, 18], "1998-XX" is [17, 17]; "1998-12" on 1 December 2016 is [18, 18] although all
#   but those born on the 1st are 17; "1998~" is [18, 18]; "199X" is [0, 120]; the season 1998-21 and the one-of
#   [1997,1999] are [0, 120] too, while the interval 1997/1999 is [17, 19]. A missing month counts as January, a missing
#   day as the first, an unspecified one as something later.
# Why it matters: whether somebody was a minor decides whether he may be named at all. A man of whom the year is known is
#   declared certainly of age on 1 January of his eighteenth year, by a function whose name promises the doubt.
#   Not in the package's documentation.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @edtf-ts/core@0.4.2
node - <<'JS'
const assert = require('assert');
const {calculateAgeRange, FuzzyDate} = require('@edtf-ts/core');

const january = new Date(2016, 0, 15), december = new Date(2016, 11, 1);
const cases = [['1998', january, [18, 18], '17 or 18'], ['1998-XX', january, [17, 17], '17 or 18'], ['1998~', january, [18, 18], '17 or 18, about'],
  ['1998-12', december, [18, 18], '17, or 18 if born on the 1st'], ['199X', january, [0, 120], '16 to 26'], ['1998-21', january, [0, 120], '17'],
  ['[1997,1999]', january, [0, 120], '16 to 19'], ['1997/1999', january, [17, 19], '16 to 19']];
for (const [birth, day, seen, truth] of cases) {
  const found = calculateAgeRange(birth, day);
  console.log(birth.padEnd(12), 'on', day.toDateString(), JSON.stringify(found).padEnd(9), 'true:', truth);
  assert.deepStrictEqual(found, seen);
}
const [year, month] = ['1998', '1998-XX'].map(text => FuzzyDate.parse(text));
assert.deepStrictEqual([Number(year.min), Number(year.max)], [Number(month.min), Number(month.max)]);
console.log('1998 and 1998-XX have the same bounds:', new Date(Number(year.min)).getUTCFullYear(), 'whole');
console.log('as described');
JS
