// Reads a file as graphology does and prints each tie: id, source, target, kind.
const { readFileSync } = require("node:fs");
const { MultiDirectedGraph } = require("graphology");
const { parse } = require("graphology-graphml");

const graph = parse(MultiDirectedGraph, readFileSync(process.argv[2], "utf8"));
graph.forEachEdge((id, attributes, source, target) => console.log([id, source, target, attributes.kind].join("\t")));
