#!/usr/bin/env bash
# raphtory 0.17.0 (Python): hits(graph, iter_count), against the eigenvectors of Kleinberg's definition (numpy 2.3.5).
# Good guess: hub scores converge to the leading eigenvector of A times A transposed; more iterations come nearer to it.
# Seen: the loop ends for everyone as soon as few scores still move, here after 5 rounds: iter_count 5, 20 and 100,000
#   give the same digits, far from the eigenvector. Person 1, in truth the last but one of eight hubs (.037), is third
#   (.136); person 0 (.086), fourth in truth, comes last (.061). No word, no flag of non-convergence.
# Why it matters: hubs and authorities are read as "who points to the important ones" in calls and money. The order of
#   people is reversed although the user asked for as many rounds as he liked.
#   A closed issue of the project is called "HITS algorithm logically incorrect"; this release still answers so.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install -q --disable-pip-version-check raphtory==0.17.0 numpy==2.3.5
"$work/env/bin/python" - <<'PY'
import numpy as np
from raphtory import Graph, algorithms

CALLS = [(0, 4), (1, 2), (1, 6), (1, 5), (2, 4), (3, 7), (3, 6), (4, 5), (4, 6), (5, 7), (5, 0), (6, 1), (6, 0), (6, 4),
         (6, 3), (7, 1), (7, 0)]
graph, matrix = Graph(), np.zeros((8, 8))
for day, (caller, called) in enumerate(CALLS):
    graph.add_edge(day, caller, called)
    matrix[caller, called] = 1
values, vectors = np.linalg.eigh(matrix @ matrix.T)
assert values[-1] - values[-2] > 0.5  # one leading vector, well apart: the answer is unique
truth = np.abs(vectors[:, -1]) / np.abs(vectors[:, -1]).sum()


def hubs(rounds):
    found = {int(node.name): state["hub_score"] for node, state in algorithms.hits(graph, rounds).items()}
    return np.array([found[person] for person in range(8)])


print("eigenvector   ", truth.round(4))
for rounds in (4, 5, 20, 100_000):
    print(f"{rounds:>6} rounds ", hubs(rounds).round(4))
assert np.array_equal(hubs(5), hubs(20)) and np.array_equal(hubs(20), hubs(100_000))
assert not np.array_equal(hubs(4), hubs(5))
assert truth[0] > 2 * truth[1] and hubs(100_000)[1] > 2 * hubs(100_000)[0]
print("as described")
PY
