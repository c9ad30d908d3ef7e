#!/usr/bin/env bash
# nomenklatura 4.17.4 (Python) with followthemoney 4.11.2: the matcher logic-v2, comparing two persons.
# Good guess: how likely two records are one person does not depend on which is named first; a weak alias (a by-name such as
#   a kunya, "not enough to identify") is not enough to identify.
# Seen: compare(a, b) and compare(b, a) differ, over and under the usual threshold of .7. "Karim" and "Karim Tahiri": .833 and .556;
#   with a third part .909 and .714. Two men with nothing in common but that one's alias is the other's weak alias: .8 one
#   way, 0 the other; where it is a weak alias of both, .8 both ways, more than two records of one name with years of birth
#   seventeen apart (.6) and as much as one name with two nationalities. logic-v1 does the same.
# Why it matters: screening has a query and a list; merging one list has none, the order of rows decides who is proposed. By-names
#   are shared by dozens of men of this field. The parameters are called query and result; that a and b may not be
#   exchanged, and the .8, are in the source.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
python3 -m venv env; env/bin/pip install -q --disable-pip-version-check nomenklatura==4.17.4 followthemoney==4.11.2
env/bin/python - <<'PY'
from itertools import count

from followthemoney import model
from nomenklatura.matching import get_algorithm

FRESH = count()  # names are kept by id, so that no id may come twice


def person(**properties):
    entity = model.make_entity("Person")
    entity.id = f"p{next(FRESH)}"
    for name, value in properties.items():
        entity.add(name, value)
    return entity


def both_ways(matcher, one, other):
    config = matcher.default_config()
    return tuple(round(matcher.compare(person(**x), person(**y), config).score, 3) for x, y in ((one, other), (other, one)))


ALIAS, WEAK, WEAK_TOO = ({"name": "Nadir Salim", "alias": "Abu Omar"}, {"name": "Karim Tahiri", "weakAlias": "Abu Omar"},
                         {"name": "Nadir Salim", "weakAlias": "Abu Omar"})
NAME = {"name": "Karim Tahiri"}
CASES = {"one part": ({"name": "Karim"}, NAME), "a third part": (NAME, {"name": "Karim Tahiri Hadi"}), "alias, weak alias": (ALIAS, WEAK),
         "weak aliases": (WEAK, WEAK_TOO), "births 1957-03-05, 1974-05-09": (NAME | {"birthDate": "1957-03-05"}, NAME | {"birthDate": "1974-05-09"})}
found = {name: both_ways(get_algorithm("logic-v2"), *pair) for name, pair in CASES.items()}
for name, scores in found.items():
    print(f"{name}: {scores[0]} and {scores[1]}")
assert found["one part"] == (0.833, 0.556) and found["a third part"] == (0.909, 0.714)
assert found["alias, weak alias"] == (0.8, 0.0) and found["weak aliases"] == (0.8, 0.8)
assert found["births 1957-03-05, 1974-05-09"] == (0.6, 0.6)
older = both_ways(get_algorithm("logic-v1"), *CASES["one part"])
print("logic-v1, one part:", older)
assert older[0] != older[1]
print("as described")
PY
