// The map: layers as symbols that cluster, fighters as a ramp, ties across a border as arcs between countries.

import { geoAzimuthalEqualArea, geoPath, type GeoProjection } from "d3-geo";
import type { App, ViewPart } from "./app";
import { choose } from "./actions";
import { CROSSES } from "./data";
import { h, s } from "./dom";
import { MapLegend } from "./legend";
import { clusters, type Cluster, type Mark } from "./marks";
import { overlap } from "./masks";
import { layerColour, palette } from "./theme";
import { words } from "./words";
import { drawnAs, lands, type Land } from "./world";

// What the window has to hold: from Ireland to Iraq, or less in a window that is taller than wide.
const WIDE: [number, number][] = [[-10, 36], [-9, 58], [47, 30], [44, 60], [30, 29], [18, 61]], TALL: [number, number][] = [[-6, 36], [-6, 57], [41, 33], [18, 58]];

export class WorldMap implements ViewPart {
  readonly element: HTMLElement;
  readonly svg = s("svg", { class: "map-picture", role: "group", "aria-label": words.map, tabindex: 0 });
  readonly lands: Land[];
  private readonly legend: MapLegend;
  private projection: GeoProjection = geoAzimuthalEqualArea().rotate([-22, -38]);
  private zoom = { k: 1, x: 0, y: 0 };
  private readonly anchors = new Map<string, [number, number]>();
  private readonly fighters = new Map<string, { low: number; high: number; as_of: string }>();

  constructor(private readonly app: App) {
    this.lands = app.data.world ? lands(app.data.world) : [];
    for (const one of this.lands) if (!one.disputed || one.disputed === "kosovo" || one.disputed === "sahara") this.anchors.set(one.code, one.anchor);
    for (const row of app.data.map.fighters) this.fighters.set(row.country, row);
    this.legend = new MapLegend(app);
    const tools = h("div", { class: "tools" },
      ...([["+", words.zoomIn, 1.5], ["−", words.zoomOut, 1 / 1.5], ["⤢", words.fit, 0]] as [string, string, number][]).map(([sign, label, by]) =>
        h("button", { type: "button", "aria-label": label, title: label, onclick: () => this.zoomBy(by) }, sign)));
    this.element = h("div", { class: "map" }, h("div", { class: "map-frame" }, this.svg, tools), this.legend.element);
    this.listen();
    new ResizeObserver(() => this.update(null)).observe(this.svg);
  }

  private listen(): void {
    let last: [number, number] | null = null;
    this.svg.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoomBy(Math.exp(-event.deltaY * 0.0016), event.offsetX, event.offsetY);
    }, { passive: false });
    this.svg.addEventListener("pointerdown", (event) => { last = [event.clientX, event.clientY]; });
    this.svg.addEventListener("pointermove", (event) => {
      if (!last || !event.buttons) return;
      this.zoom.x += event.clientX - last[0];
      this.zoom.y += event.clientY - last[1];
      last = [event.clientX, event.clientY];
      this.update(null);
    });
    this.svg.addEventListener("keydown", (event) => {
      const pan: Record<string, [number, number]> = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
      if (pan[event.key]) { this.zoom.x += pan[event.key][0]; this.zoom.y += pan[event.key][1]; this.update(null); }
      else if (event.key === "+" || event.key === "=") this.zoomBy(1.4);
      else if (event.key === "-") this.zoomBy(1 / 1.4);
      else if (event.key === "0") this.zoomBy(0);
      else return;
      event.preventDefault();
    });
  }

  private zoomBy(by: number, x = this.svg.clientWidth / 2, y = this.svg.clientHeight / 2): void {
    if (!by) this.zoom = { k: 1, x: 0, y: 0 };
    else {
      const k = Math.min(24, Math.max(1, this.zoom.k * by)), real = k / this.zoom.k;
      this.zoom = { k, x: x - (x - this.zoom.x) * real, y: y - (y - this.zoom.y) * real };
    }
    this.update(null);
  }

  private at(point: [number, number]): [number, number] | null {
    const p = this.projection(point);
    return p ? [p[0] * this.zoom.k + this.zoom.x, p[1] * this.zoom.k + this.zoom.y] : null;
  }

  update(changed: Set<string> | null): void {
    const { clientWidth: width, clientHeight: height } = this.svg;
    if (!width || !height) return;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.projection.fitExtent([[8, 8], [width - 8, height - 8]], {
      type: "MultiPoint", coordinates: width > height ? WIDE : TALL,
    });
    this.svg.replaceChildren(this.definitions(), this.ground(), this.arcs(), this.symbols());
    if (changed === null || changed.has("layers") || changed.has("borders") || changed.has("fighters") || changed.has("from") || changed.has("to")) this.legend.update();
  }

  private definitions(): SVGElement {
    const colour = palette().soft;
    return s("defs", {}, s("pattern", { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      s("rect", { width: 6, height: 6, fill: palette().land }), s("line", { x1: 0, y1: 0, x2: 0, y2: 6, stroke: colour, "stroke-width": 1.2 })));
  }

  private fill(code: string): string {
    const colours = palette(), row = this.fighters.get(code), { state } = this.app.store;
    if (code === "?") return "url(#hatch)";
    const layer = this.app.data.words.layers.findIndex((one) => one.shows === "fighters");
    if (!row || !state.layers.includes(layer)) return colours.land;
    return colours.ramp[step(row[state.fighters === "low" ? "low" : "high"])];
  }

  private ground(): SVGElement {
    const path = geoPath(this.projection), colours = palette(), { state, state: { borders } } = this.app.store;
    const level = this.app.data.words.layers.findIndex((one) => one.shows === "levels");
    const raised = new Map(this.app.data.map.cells.filter((cell) => cell.layer === level).map((cell) => [cell.country, cell.verdict]));
    const group = s("g", { transform: `translate(${this.zoom.x} ${this.zoom.y}) scale(${this.zoom.k})` });
    const above = s("g", {});
    for (const one of this.lands) {
      const code = drawnAs(one, borders), merged = one.disputed !== "" && code !== "?" && (code !== one.code || one.disputed === "crimea" || one.disputed === "golan");
      const shape = s("path", {
        d: path(one.shape) ?? "", fill: this.fill(code), stroke: merged ? this.fill(code) : colours.landLine,
        "stroke-width": 0.8, "vector-effect": "non-scaling-stroke", class: "land",
      }, s("title", {}, this.title(one)));
      if (one.disputed && !merged) shape.setAttribute("stroke-dasharray", "3 2");
      shape.addEventListener("click", () => this.pickCountry(code));
      group.append(shape);
      const verdict = state.layers.includes(level) ? raised.get(code) : undefined;
      if (verdict === "yes" || verdict === "possible") {
        above.append(s("path", {
          d: path(one.shape) ?? "", fill: "none", stroke: layerColour(this.app.data, level), "stroke-width": 2, "pointer-events": "none",
          "vector-effect": "non-scaling-stroke", "stroke-dasharray": verdict === "yes" ? null : "4 3",
        }));
      }
    }
    group.append(above);
    return group;
  }

  private title(one: Land): string {
    const row = this.fighters.get(one.code);
    return row ? `${one.name}: ${row.low === row.high ? row.low : `${row.low}–${row.high}`} (${words.fighters.toLowerCase()}; ${row.as_of})` : one.name;
  }

  private pickCountry(code: string): void {
    const node = this.app.data.index.get(code);
    if (node !== undefined) choose(this.app, node);
  }

  /** Ties shown whose ends lie in different countries, counted between the first country of each end. */
  private arcs(): SVGElement {
    const { data, masks } = this.app, counts = new Map<string, number>();
    for (let t = 0; t < data.m; t++) {
      if (!masks.ties[t] || !(data.ties.flags[t] & CROSSES)) continue;
      const a = data.countriesOf[data.source[t]][0], b = data.countriesOf[data.target[t]][0];
      if (a && b && a !== b) { const key = a < b ? `${a} ${b}` : `${b} ${a}`; counts.set(key, (counts.get(key) ?? 0) + 1); }
    }
    const group = s("g", { class: "arcs", fill: "none", stroke: palette().cross });
    for (const [key, count] of [...counts].sort((p, q) => p[1] - q[1])) {
      const [a, b] = key.split(" "), from = this.anchors.get(a), to = this.anchors.get(b);
      const p = from && this.at(from), q = to && this.at(to);
      if (!p || !q) continue;
      const mx = (p[0] + q[0]) / 2 - (q[1] - p[1]) * 0.18, my = (p[1] + q[1]) / 2 + (q[0] - p[0]) * 0.18 * (p[0] < q[0] ? -1 : 1);
      group.append(s("path", {
        d: `M${p[0]} ${p[1]}Q${mx} ${my} ${q[0]} ${q[1]}`, "stroke-width": Math.min(7, 0.8 + Math.sqrt(count) * 0.75), "stroke-opacity": 0.42,
      }, s("title", {}, `${data.words.countries[a] ?? a} – ${data.words.countries[b] ?? b}: ${count}`)));
    }
    return group;
  }

  private marks(): Mark[] {
    const { data, masks, store: { state } } = this.app, out: Mark[] = [];
    for (const verdict of data.map.verdicts) {
      if (verdict.lat === null || verdict.lon === null || !state.layers.includes(verdict.layer)) continue;
      if (verdict.verdict !== "yes" && verdict.verdict !== "possible") continue;
      if (verdict.node >= 0) {
        const { nodes } = data, i = verdict.node;
        const asked = state.from !== null || state.to !== null;
        if (masks.nodes[i] === 0 && state.focus < 0 && asked && !overlap(nodes.first[i], nodes.last[i], nodes.from[i], nodes.until[i], state.from ?? -1e9, state.to ?? 1e9)) continue;
        if (state.countries.length && !state.countries.includes(verdict.country)) continue;
      }
      const place = this.at([verdict.lon, verdict.lat]);
      if (place) out.push({ x: place[0], y: place[1], layer: verdict.layer, node: verdict.node, sure: verdict.verdict === "yes", says: verdict.says });
    }
    return out;
  }

  private symbols(): SVGElement {
    const group = s("g", { class: "symbols" });
    for (const cluster of clusters(this.marks(), this.svg.clientWidth, this.svg.clientHeight)) group.append(this.symbol(cluster));
    return group;
  }

  private symbol(cluster: Cluster): SVGElement {
    const drawn = cluster.draw(this.app.data, palette());
    drawn.addEventListener("click", () => {
      if (cluster.marks.length === 1 || this.zoom.k >= 20) choose(this.app, cluster.marks[0].node);
      else this.zoomBy(2, cluster.x, cluster.y);
    });
    return drawn;
  }
}

/** Colour step of a number of fighters: under 50, 150, 500, 1,500, and above. */
export function step(high: number): number {
  return [50, 150, 500, 1500].filter((bound) => high >= bound).length;
}
