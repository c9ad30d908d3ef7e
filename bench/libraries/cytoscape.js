// The bench's graph drawn by cytoscape.js.
import cytoscape from "cytoscape";

const { x, y, source, target } = JSON.parse(document.getElementById("graph").textContent);
const elements = [
  ...x.map((_, i) => ({ data: { id: String(i) }, position: { x: x[i], y: y[i] } })),
  ...source.map((_, t) => ({ data: { id: `t${t}`, source: String(source[t]), target: String(target[t]) } })),
];
const cy = cytoscape({
  container: document.getElementById("net"), elements, layout: { name: "preset" }, hideEdgesOnViewport: true, textureOnViewport: true,
  style: [{ selector: "node", style: { width: 8, height: 8, "background-color": "#1f5f9e" } }, { selector: "edge", style: { width: 0.5, "curve-style": "haystack" } }],
});
window.moves = {
  zoom: (k) => cy.zoom({ level: cy.zoom() * (k < 30 ? 1.03 : 1 / 1.03), renderedPosition: { x: 640, y: 400 } }),
  pan: (k) => cy.panBy({ x: k < 30 ? 8 : -8, y: 0 }),
};
cy.ready(() => requestAnimationFrame(() => requestAnimationFrame(() => { document.documentElement.dataset.ready = "yes"; })));
