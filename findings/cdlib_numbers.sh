#!/usr/bin/env bash
# cdlib 0.4.1 (Python) with networkx 3.6.1, igraph 1.0.0, leidenalg 0.12.0: communities of people known by numbers.
# Good guess: the order of rows in a list of ties may change which of several good partitions is found, never who is in which
#   group: two triangles joined by one tie are two communities by every method.
# Seen: with people 0 ... n-1 who do not first appear in that order, each method that cdlib hands to igraph (Leiden, walktrap,
#   infomap, label propagation, surprise, leading eigenvector, spinglass ...) returns the right partition of the WRONG
#   people: {0, 3, 5} and {1, 2, 4} for the triangles {0, 1, 2} and {3, 4, 5}, modularity -.214 for .357. Ties are handed over
#   by number, names by order of appearance. Methods run on networkx itself (Louvain, greedy modularity) are right; so is
#   Leiden if the numbers start at 1 or are text. No warning.
# Why it matters: numbers from 0 are what most published covert networks and every matrix hold, rows in any order. People are
#   put into cells with men whom they never met, and with a stable result for every seed. Not documented; no issue found.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check cdlib==0.4.1 networkx==3.6.1 igraph==1.0.0 leidenalg==0.12.0
env/bin/python - 2>err.log <<'PY' | grep -v '^Note: to be able' || { tail -5 err.log; exit 1; }
import networkx
from cdlib import algorithms

IN_ORDER = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
SHUFFLED = [(5, 3), (0, 1), (4, 5), (2, 0), (3, 4), (1, 2), (2, 3)]
HANDED = ("leiden", "walktrap", "infomap", "label_propagation", "surprise_communities", "eigenvector", "spinglass")
OWN = ("louvain", "greedy_modularity")
assert {frozenset(tie) for tie in IN_ORDER} == {frozenset(tie) for tie in SHUFFLED}


def found(ties, method):
    result = getattr(algorithms, method)(networkx.Graph(ties))
    return sorted(map(sorted, result.communities)), round(result.newman_girvan_modularity().score, 3)


for method in HANDED + OWN:
    print(f"{method:<21} rows in order {found(IN_ORDER, method)}  rows shuffled {found(SHUFFLED, method)}")
right, wrong = ([[0, 1, 2], [3, 4, 5]], 0.357), ([[0, 3, 5], [1, 2, 4]], -0.214)
assert all(found(IN_ORDER, method) == right for method in HANDED + OWN)
assert all(found(SHUFFLED, method) == wrong for method in HANDED)
assert all(found(SHUFFLED, method) == right for method in OWN)
assert found([(one + 1, other + 1) for one, other in SHUFFLED], "leiden") == ([[1, 2, 3], [4, 5, 6]], 0.357)
assert found([(f"p{one}", f"p{other}") for one, other in SHUFFLED], "leiden")[1] == 0.357
print("as described")
PY
