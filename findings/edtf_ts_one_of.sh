#!/usr/bin/env bash
# @edtf-ts/core 0.4.2 (npm): relations of a one-of set such as [1957,1962], "one of these years, it is not known which".
# Good guess: the answers are YES, NO, MAYBE, UNKNOWN, so a relation that holds for one member only is MAYBE, as it is for 198X
#   in the same library; and never are equals and disjoint both YES.
# Seen: 1957 equals [1957,1962]: YES; and disjoint: YES. 1960 is before [1957,1962]: YES, and after it: YES. The same words
#   come for {1957,1962}, which means both years: the parser keeps the two apart, the relations do not. With the
#   optional quantifier 'ALL' in place of 'ANY' the YES become NO: no setting says MAYBE.
# Why it matters: "born 1957 or 1962" is what lists of persons hold. A rule "disjoint births are two men" and a rule
#   "equal births support a match" fire on the same pair; which of the two is asked first decides. The quantifier is in the
#   types, its default and this meaning are not in the documentation.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @edtf-ts/core@0.4.2
node - <<'JS'
const assert = require('assert');
const edtf = require('@edtf-ts/core');

const date = text => edtf.FuzzyDate.parse(text);
const ask = (relation, one, other, how) => edtf[relation](date(one), date(other), how);
const rows = [['equals', '1957'], ['disjoint', '1957'], ['isBefore', '1960'], ['isAfter', '1960']];
for (const [relation, year] of rows)
  console.log(`${year} ${relation}:`.padEnd(16), '[1957,1962]', ask(relation, year, '[1957,1962]'), '| {1957,1962}', ask(relation, year, '{1957,1962}'),
    "| [1957,1962] 'ALL'", ask(relation, year, '[1957,1962]', 'ALL'), '| 1985 to 198X', ask(relation, '1985', '198X'));
for (const [relation, year] of rows) {
  assert.deepStrictEqual(['[1957,1962]', '{1957,1962}'].map(text => ask(relation, year, text)), ['YES', 'YES']);
  assert.strictEqual(ask(relation, year, '[1957,1962]', 'ALL'), 'NO');
  assert.strictEqual(ask(relation, '1985', '198X'), 'MAYBE');
}
assert.notStrictEqual(date('[1957,1962]').edtf, date('{1957,1962}').edtf);
console.log('as described');
JS
