// The bench's graph drawn by sigma.js.
import Graph from "graphology";
import Sigma from "sigma";

const { x, y, source, target } = JSON.parse(document.getElementById("graph").textContent);
const graph = new Graph({ multi: true });
x.forEach((_, i) => graph.addNode(i, { x: x[i], y: -y[i], size: 3, color: "#1f5f9e" }));
source.forEach((_, t) => graph.addEdge(source[t], target[t], { size: 0.5, color: "#aaaaaa" }));
const sigma = new Sigma(graph, document.getElementById("net"), { allowInvalidContainer: true });
window.moves = {
  zoom: (k) => sigma.getCamera().setState({ ratio: sigma.getCamera().ratio * (k < 30 ? 1 / 1.03 : 1.03) }),
  pan: (k) => sigma.getCamera().setState({ x: sigma.getCamera().x + (k < 30 ? 0.005 : -0.005) }),
};
sigma.once("afterRender", () => { document.documentElement.dataset.ready = "yes"; });
sigma.refresh();
