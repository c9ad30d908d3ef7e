#!/usr/bin/env bash
# raphtory 0.17.0 (Python): degree_centrality(graph).
# Good guess: Freeman's degree centrality, a person's contacts over n - 1; the function's text too says that it divides
#   by "the maximum possible degree".
# Seen: it divides by the largest degree that someone in this view happens to have. The best connected person scores 1
#   in every view: with 2 contacts among 11 people as with 10 of 10. In two windows of time a courier who keeps his two
#   contacts "rises" from .2 to 1 because somebody else was arrested.
# Why it matters: the windows of a temporal graph are made to be compared; the scores of two windows, or of two networks,
#   cannot be, and 1 does not mean "tied to all". Contradicts its own documentation; no issue found.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"; "$work/env/bin/pip" install -q --disable-pip-version-check raphtory==0.17.0
"$work/env/bin/python" - <<'PY'
from raphtory import Graph, algorithms

graph = Graph()
for person in ["hub", "courier", *"abcdefghi"]:  # 11 people, known in both windows
    graph.add_node(1, person)
    graph.add_node(2, person)
for day in (1, 2):
    graph.add_edge(day, "courier", "a")
    graph.add_edge(day, "courier", "b")
for other in ["courier", *"abcdefghi"]:
    graph.add_edge(1, "hub", other)


def scores(view):
    return {node.name: state["degree_centrality"] for node, state in algorithms.degree_centrality(view).items()}


before, after = graph.at(1), graph.at(2)
for name, view in (("day 1", before), ("day 2", after)):
    contacts, score = view.node("courier").degree(), scores(view)["courier"]
    print(f"{name}: {view.count_nodes()} people, courier: {contacts} contacts, score {score:.4f},"
          f" Freeman {contacts / (view.count_nodes() - 1):.4f}")
assert before.count_nodes() == after.count_nodes() == 11
assert before.node("courier").degree() == 3 and abs(scores(before)["courier"] - 0.3) < 1e-12
assert after.node("courier").degree() == 2 and scores(after)["courier"] == 1.0
assert "maximum possible degree" in algorithms.degree_centrality.__doc__.replace("\n", " ")
print("as described")
PY
