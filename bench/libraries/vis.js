// The bench's graph drawn by vis-network, positions given and physics off.
import { Network } from "vis-network/standalone/esm/vis-network.js";

const { x, y, source, target } = JSON.parse(document.getElementById("graph").textContent);
const network = new Network(document.getElementById("net"), {
  nodes: x.map((_, id) => ({ id, x: x[id], y: y[id], size: 5, shape: "dot" })), edges: source.map((from, t) => ({ id: t, from, to: target[t] })),
}, { physics: false, edges: { smooth: false }, interaction: { hideEdgesOnDrag: true, hideEdgesOnZoom: true } });
window.moves = {
  zoom: (k) => network.moveTo({ scale: network.getScale() * (k < 30 ? 1.03 : 1 / 1.03) }),
  pan: (k) => { const p = network.getViewPosition(); network.moveTo({ position: { x: p.x + (k < 30 ? 8 : -8) / network.getScale(), y: p.y } }); },
};
network.once("afterDrawing", () => { document.documentElement.dataset.ready = "yes"; });
