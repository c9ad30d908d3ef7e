#!/usr/bin/env bash
# graphology-operators 1.6.1 with graphology 0.26.0 (npm): disjointUnion(G, H).
# Good guess: it gives new keys to nodes and edges and keeps what is on them, as its documentation says ("giving new keys");
#   the attributes of nodes do survive, and union() of the same package keeps both.
# Seen: every edge loses all its attributes. In their place stands the old key of its target, letter by letter:
#   {weight: 9, kind: 'paid', date: '2015-03'} to "karim" becomes {0: 'k', 1: 'a', 2: 'r', 3: 'i', 4: 'm'}. No error.
#   The weighted degree, which takes 1 for a missing weight, falls from 9 to 1.
# Why it matters: two countries' networks are put side by side, and what kind of tie, when and how strong is gone, while
#   nodes look right and the counts of nodes and ties are right. A clear text key of a person leaks into the tie, though
#   the operator is used to rename people. Not in the documentation; no issue found.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts graphology@0.26.0 graphology-types@0.24.8 graphology-operators@1.6.1 \
  graphology-metrics@2.4.2
node - <<'JS'
const assert = require('assert');
const {DirectedGraph} = require('graphology');
const {disjointUnion, union} = require('graphology-operators');
const {weightedDegree} = require('graphology-metrics/node');

const north = new DirectedGraph(), south = new DirectedGraph();
north.mergeEdge('nadir', 'karim', {weight: 9, kind: 'paid', date: '2015-03'});
north.mergeNodeAttributes('nadir', {country: 'BE'});
south.mergeEdge('salim', 'omar', {weight: 4, kind: 'phoned'});

const apart = disjointUnion(north, south), joined = union(north, south);
console.log('union:        ', joined.mapEdges((edge, attributes) => attributes));
console.log('disjointUnion:', apart.mapEdges((edge, attributes) => attributes), apart.getNodeAttributes('0'));
console.log('weighted degree of the payer:', weightedDegree(north, 'nadir'), 'before,', weightedDegree(apart, '0'), 'after');
assert.deepStrictEqual(joined.mapEdges((edge, a) => a.weight), [9, 4]);
assert.deepStrictEqual(apart.mapEdges((edge, a) => ({...a})), [{0: 'k', 1: 'a', 2: 'r', 3: 'i', 4: 'm'}, {0: 'o', 1: 'm', 2: 'a', 3: 'r'}]);
assert.deepStrictEqual({...apart.getNodeAttributes('0')}, {country: 'BE'});
assert.deepStrictEqual([weightedDegree(north, 'nadir'), weightedDegree(apart, '0')], [9, 1]);
console.log('as described');
JS
