#!/usr/bin/env bash
# pyvis 0.3.2 (Python) with networkx 3.6.1: Network.from_nx(graph), called to draw a network.
# Good guess: drawing reads the graph; what is drawn holds its ties.
# Seen: the graph itself is changed. Each tie's attribute "weight" is taken away and written as "width" (over one that was there), so a
#   weighted distance, community or strength computed after the picture is the unweighted one (here the shortest path from a to c
#   goes another way). Each node gets size 10, or its own size cut to a whole number (0.9, a share, becomes 0).
#   In the picture of an undirected multigraph one tie of a pair is left, whichever came first: "kin" is drawn, "money"
#   is gone; a call answered, in a directed graph put into the default Network, is drawn as one tie. No message.
# Why it matters: notebooks draw first and compute afterwards. The same cell gives other numbers when it is run before or after
#   the drawing; and the second kind of tie between two people is missing from the picture. Not documented; no issue found on it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
python3 -m venv env; env/bin/pip install -q --disable-pip-version-check pyvis==0.3.2 networkx==3.6.1
env/bin/python - <<'PY'
import networkx
from pyvis.network import Network


def drawn(graph, **how):
    picture = Network(**how)
    picture.from_nx(graph)
    return [(tie["from"], tie["to"], tie.get("kind")) for tie in picture.edges]


graph = networkx.Graph()
graph.add_weighted_edges_from([("a", "b", 1), ("b", "c", 1), ("a", "c", 9)])
graph.nodes["a"]["size"] = 0.9
path = networkx.shortest_path(graph, "a", "c", weight="weight")
drawn(graph)
after = networkx.shortest_path(graph, "a", "c", weight="weight")
print("path before", path, "after", after, "| ties now", list(graph.edges(data=True)), "| people now", dict(graph.nodes(data=True)))
assert path == ["a", "b", "c"] and after == ["a", "c"]
assert graph["a"]["c"] == {"width": 9} and {person: data["size"] for person, data in graph.nodes(data=True)} == {"a": 0, "b": 10, "c": 10}

several = networkx.MultiGraph()
several.add_edge("a", "b", kind="kin")
several.add_edge("a", "b", kind="money")
calls = networkx.DiGraph([("a", "b"), ("b", "a")])
print("multigraph drawn:", drawn(several), "| call and answer drawn:", drawn(calls))
assert drawn(several) == [("a", "b", "kin")] and len(drawn(calls)) == 1 and len(drawn(calls, directed=True)) == 2
print("as described")
PY
