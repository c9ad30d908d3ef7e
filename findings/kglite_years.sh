#!/usr/bin/env bash
# kglite 0.21.2 (Python), embedded Cypher: the age of a person by duration.between(birth, day).years.
# Good guess: whole years between the two, 18 and 17 here, as in the openCypher text and Neo4j, where between() gives months and
#   days; .years of a duration written as P17Y11M is 17 in this engine too, so the field is there.
# Seen: 0 for everyone. between() counts days only, and .years reads the months of the duration, of which there are none; no
#   error, no notice. inMonths() has the months (215, 221).
# Why it matters: WHERE ... .years >= 18 gives no row, WHERE ... .years < 18 gives everyone: each person of the case is a minor,
#   or nobody is, by which way the question is put. A query carried over from Neo4j runs and means something else.
#   Not found in the package's texts.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
python3 -m venv env; env/bin/pip install -q --disable-pip-version-check kglite==0.21.2 pandas==2.3.3
env/bin/python - <<'PY'
import kglite
import pandas

graph = kglite.KnowledgeGraph()
people = pandas.DataFrame({"id": ["salim", "nadir"], "title": ["Salim", "Nadir"], "born": ["1998-01-01", "1998-06-02"]})
graph.add_nodes(people, "Person", "id", "title")
AGE = "duration.between(date(p.born), date('2016-06-01'))"


def rows(query):
    return [tuple(row.values()) for row in graph.cypher(query).to_list()]


ages = rows(f"MATCH (p:Person) RETURN p.id, {AGE}.years, {AGE}.months, {AGE}.days ORDER BY p.born")
months = rows("MATCH (p:Person) RETURN p.id, duration.inMonths(date(p.born), date('2016-06-01')).months ORDER BY p.born")
written = rows("RETURN duration('P17Y11M').years AS years")
grown, minor = (rows(f"MATCH (p:Person) WHERE {AGE}.years {sign} 18 RETURN p.id ORDER BY p.id") for sign in (">=", "<"))
print("id, years, months, days:", ages, "| in months:", months, "| years of P17Y11M:", written)
print(">= 18:", grown, "| < 18:", minor)
assert ages == [("salim", 0, 0, 6726), ("nadir", 0, 0, 6574)]
assert months == [("salim", 221), ("nadir", 215)] and written == [(17,)]
assert grown == [] and minor == [("nadir",), ("salim",)]
print("as described")
PY
