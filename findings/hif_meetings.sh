#!/usr/bin/env bash
# xgi 0.10.2 and hypergraphx 1.8.0 (Python): reading HIF, the exchange format of hypergraph libraries (JSON).
# Good guess: two meetings with their own ids stay two, whoever took part; what the format holds (names, dates, weights of
#   meetings, the part of a person in one) arrives, or an error says what does not. xgi's group wrote the format.
# Seen, hypergraphx: two meetings of the same three people become one; its weight is that of the FIRST row, its id and date
#   those of the LAST, so "5 hours in June" reads 2 hours in June. People become 0, 1, 2 ...; the name of everyone who stands only in the
#   incidences (the list of nodes is optional) is lost for good.
#   Seen, xgi: the two meetings and names stay; the weights of meetings and all that is written on an incidence (host,
#   weight) are dropped without a word, so read and written again the file has lost them.
# Why it matters: who met whom, how often, for how long and in which part is all that a two-mode file of meetings holds. Counts of
#   people agree, so nothing shows. Not in either documentation.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
python3 -m venv env; env/bin/pip install -q --disable-pip-version-check xgi==0.10.2 hypergraphx==1.8.0
env/bin/python - <<'PY'
import json
from pathlib import Path

import xgi
from hypergraphx.readwrite import read_hif

THREE = ("nadir", "karim", "salim")
FILE = {
    "network-type": "undirected",
    "nodes": [{"node": "nadir", "attrs": {"country": "BE"}}],
    "edges": [{"edge": "m1", "weight": 2, "attrs": {"date": "2015-01-03"}}, {"edge": "m2", "weight": 5, "attrs": {"date": "2015-06-01"}}],
    "incidences": [{"edge": edge, "node": node, "weight": 3, "attrs": {"role": "host"}} for edge in ("m1", "m2") for node in THREE],
}
Path("meetings.json").write_text(json.dumps(FILE))

read = read_hif("meetings.json")
meetings = [(edge, read.get_weight(edge), read.get_edge_metadata(edge)) for edge in read.get_edges()]
people = {node: read.get_node_metadata(node) for node in read.get_nodes()}
print("hypergraphx, meetings:", meetings)
print("hypergraphx, people:  ", people)
assert len(meetings) == 1 and meetings[0][1] == 2
assert meetings[0][2] == {"edge": "m2", "weight": 5, "attrs": {"date": "2015-06-01"}}
assert sorted(people) == [0, 1, 2] and sorted(map(len, people.values())) == [0, 0, 2]
assert not any(name in json.dumps([meetings, list(people.items())]) for name in THREE[1:])

other = xgi.read_hif("meetings.json")
xgi.write_hif(other, "again.json")
again = json.loads(Path("again.json").read_text())
print("xgi, written again:", sorted(map(str, again["edges"])), again["incidences"][0])
assert other.num_edges == 2 and set(other.nodes) == set(THREE)
assert all(set(edge) == {"edge", "attrs"} for edge in again["edges"]) and len(again["incidences"]) == 6
assert all(set(row) == {"edge", "node"} for row in again["incidences"])
print("as described")
PY
