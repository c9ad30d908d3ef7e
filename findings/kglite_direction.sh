#!/usr/bin/env bash
# kglite 0.21.2 (Python): betweenness_centrality, degree_centrality, closeness_centrality, pagerank of one graph.
# Good guess: one library takes the direction of ties in one way for all its centralities (networkx: directed in all four for
#   a directed graph, undirected in all four for an undirected one); the four signatures have no switch for it.
# Seen: betweenness takes ties as mutual (degree counts both ends, as in networkx); closeness takes them as directed, and
#   inwards (how near the others are to him); PageRank as directed. Of five people in a short chain the head, with two contacts, has closeness
#   0; the man at the end, last by degree and betweenness, is first by PageRank and third by closeness. Turning all ties
#   round changes closeness and PageRank, betweenness and degree of nobody.
# Why it matters: "met" and "kin" have to be stored with some direction, by the order of two columns: closeness and PageRank
#   then rank people by who was written second. A table of four measures side by side compares four networks.
#   The texts of the functions do not say it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
python3 -m venv env; env/bin/pip install -q --disable-pip-version-check kglite==0.21.2 pandas==2.3.3 networkx==3.5 scipy==1.16.3
env/bin/python - <<'PY'
import kglite
import networkx
import pandas

TIES = [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d"), ("d", "e")]
KINDS = ("degree_centrality", "betweenness_centrality", "closeness_centrality", "pagerank")


def scores(ties):
    graph = kglite.KnowledgeGraph()
    graph.add_nodes(pandas.DataFrame({"id": list("abcde"), "title": list("abcde")}), "Person", "id", "title")
    graph.add_connections(pandas.DataFrame(ties, columns=["one", "other"]), "MET", "Person", "one", "Person", "other")
    return {kind: {row["id"]: round(row["score"], 4) for row in getattr(graph, kind)().to_list()} for kind in KINDS}


def reference(graph):
    return {kind: {person: round(score, 4) for person, score in sorted(getattr(networkx, kind)(graph).items())} for kind in KINDS}


found, turned = scores(TIES), scores([(other, one) for one, other in TIES])
mutual, arcs = reference(networkx.Graph(TIES)), reference(networkx.DiGraph(TIES))
same = {}
for kind in KINDS:
    near = [name for name, wanted in (("mutual", mutual), ("directed", arcs))
            if all(abs(found[kind][person] - wanted[kind][person]) < 2e-3 for person in "abcde")]
    same[kind] = near, found[kind] == turned[kind]
    print(f"{kind}: {dict(sorted(found[kind].items()))} as networkx {near}; the same when turned round: {same[kind][1]}")
assert same == {"degree_centrality": (["mutual", "directed"], True), "betweenness_centrality": (["mutual"], True),
                "closeness_centrality": (["directed"], False), "pagerank": (["directed"], False)}
assert found["closeness_centrality"]["a"] == 0 and max(found["pagerank"], key=found["pagerank"].get) == "e"
print("as described")
PY
