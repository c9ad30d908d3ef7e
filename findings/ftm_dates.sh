#!/usr/bin/env bash
# followthemoney 4.11.2 (Python): how likely two dates of birth belong to one person (registry.date.compare, compare.compare),
#   and what becomes of a range.
# Good guess: a year and a day in it agree; two different days of one year contradict each other, all alike; a range, which
#   the format does not know, is refused, as 195X is.
# Seen: dates are compared as text, by the length of their common beginning. 1957 and 1957-03-05 get 0, as much as 1957 and
#   1974. The 9th of January and the 24th of September 1957 get .33, because both months begin with 0; 30 September and
#   1 October .17. Of two pairs of persons of one name the pair that contradicts each other is scored as likelier one person
#   than the pair that agrees. "1980/1985" validates and becomes 1980; 2015/11/13 and 2015-W46 become 2015.
# Why it matters: lists hold years or days for the same man. The score prefers two men with different birthdays to one man known
#   once by year; and "born between 1980 and 1985" contradicts the true 1983 afterwards.
#   The documentation says that ranges and weeks are not supported, not that they are cut; on compare it says nothing.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"; "$work/env/bin/pip" install -q --disable-pip-version-check followthemoney==4.11.2
"$work/env/bin/python" - <<'PY'
from followthemoney import model
from followthemoney.compare import compare
from followthemoney.types import registry


def person(born):
    entity = model.make_entity("Person")
    entity.id = f"p{born}"
    entity.add("name", "Karim Tahiri")
    entity.add("birthDate", born)
    return entity


PAIRS = [("1957", "1957-03-05", "agree"), ("1957", "1974", "contradict"), ("1957-01-09", "1957-09-24", "contradict"),
         ("1957-09-30", "1957-10-01", "contradict"), ("1957-03", "1957-03-05", "agree")]
scores = []
for one, other, truth in PAIRS:
    scores.append((registry.date.compare(one, other), compare(person(one), person(other))))
    print(f"{one} and {other} ({truth}): dates {scores[-1][0]:.3f}, two persons of one name {scores[-1][1]:.4f}")
cleaned = {text: registry.date.clean(text) for text in ("1980/1985", "2015/11/13", "2015-W46", "195X", "13.11.2015")}
print("read as:", cleaned, "| valid:", registry.date.validate("1980/1985"))
assert scores[0] == scores[1] and scores[0][0] == 0
assert abs(scores[2][0] - 1 / 3) < 1e-9 and abs(scores[3][0] - 1 / 6) < 1e-9
assert scores[2][1] > scores[3][1] > scores[0][1]
assert cleaned == {"1980/1985": "1980", "2015/11/13": "2015", "2015-W46": "2015", "195X": None, "13.11.2015": None}
assert registry.date.validate("1980/1985")
print("as described")
PY
