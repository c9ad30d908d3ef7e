// What leaves the page: pictures, tables, GraphML, a chart, a link. Always of what is shown, with the marking.

import { name, type App } from "./app";
import { CONFIRMED, CROSSES } from "./data";
import { iso } from "./days";
import { h, save } from "./dom";
import { keep, toFragment } from "./keep";
import type { Network } from "./network";
import { columns } from "./table";
import { palette } from "./theme";
import { tieToken, token } from "./tokens";
import { words } from "./words";

/** The marking as it stands on whatever leaves the page. */
export function marked(app: App): string { return app.data.meta.tlp ? `TLP:${app.data.meta.tlp}` : "not marked"; }

export function file(app: App, ending: string): string {
  const stem = app.data.meta.title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "isthmus";
  return `${stem}-${marked(app).toLowerCase().replace(/[^a-z]+/g, "-")}.${ending}`;
}

/** A field for a spreadsheet: quoted, and no formula starts in it. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csv(app: App): string {
  const what = app.store.state.rows, mask = what === "nodes" ? app.masks.nodes : app.masks.ties, shown = columns(app, what);
  const lines = [["TLP", ...shown.map((column) => column.title)].map(field).join(",")];
  for (let i = 0; i < mask.length; i++) if (mask[i]) lines.push([app.data.meta.tlp || marked(app), ...shown.map((column) => column.text(i))].map(field).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

function xml(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

export function graphml(app: App): string {
  const { data, masks } = app, { nodes, ties } = data;
  const keys = ["label", "kind", "status", "role", "countries", "entity_id"].map((key) => `<key id="n_${key}" for="node" attr.name="${key}" attr.type="string"/>`);
  const tieKeys = ["kind", "role", "first", "last", "grade"].map((key) => `<key id="e_${key}" for="edge" attr.name="${key}" attr.type="string"/>`);
  const flags = ["confirmed", "crosses_border"].map((key) => `<key id="e_${key}" for="edge" attr.name="${key}" attr.type="boolean"/>`);
  const datum = (key: string, value: string): string => (value ? `<data key="${key}">${xml(value)}</data>` : "");
  const out = [`<?xml version="1.0" encoding="UTF-8"?>`, `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">`, ...keys, ...tieKeys, ...flags,
    `<key id="g_tlp" for="graph" attr.name="tlp" attr.type="string"/>`, `<graph edgedefault="directed">`, datum("g_tlp", data.meta.tlp)];
  for (let i = 0; i < data.n; i++) {
    if (!masks.nodes[i]) continue;
    out.push(`<node id="${token(nodes.id[i])}">${datum("n_entity_id", nodes.id[i])}${datum("n_label", nodes.label[i])}${datum("n_kind", data.words.kinds[nodes.kind[i]].name)}${datum("n_status", nodes.status[i])}${datum("n_role", nodes.role[i])}${datum("n_countries", nodes.countries[i])}</node>`);
  }
  for (let t = 0; t < data.m; t++) {
    if (!masks.ties[t]) continue;
    const first = ties.first[t], last = ties.last[t], source = nodes.id[data.source[t]], target = nodes.id[data.target[t]], kind = data.words.ties[ties.kind[t]].name;
    out.push(`<edge id="${tieToken(source, kind, target)}" source="${token(source)}" target="${token(target)}">${datum("e_kind", kind)}${datum("e_role", ties.role[t])}${datum("e_first", first === null ? "" : iso(first))}${datum("e_last", last === null ? "" : iso(last))}${datum("e_grade", ties.grade[t])}${datum("e_confirmed", String((ties.flags[t] & CONFIRMED) > 0))}${datum("e_crosses_border", String((ties.flags[t] & CROSSES) > 0))}</edge>`);
  }
  return `${[...out, "</graph>", "</graphml>"].join("\n")}\n`;
}

function stamp(app: App): string { return `${marked(app)}  ${app.data.meta.title}`; }

async function png(app: App, network: Network, map: SVGSVGElement): Promise<void> {
  const canvas = app.store.state.view === "map" ? await raster(map) : network.snapshot();
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.font = "500 13px system-ui, sans-serif";
  context.fillStyle = palette().soft;
  context.textAlign = "start";
  context.textBaseline = "alphabetic";
  context.fillText(stamp(app), 12, canvas.height / (app.store.state.view === "map" ? 1 : 2) - 12);
  canvas.toBlob((blob) => { if (blob) save(file(app, "png"), blob); });
}

function raster(map: SVGSVGElement): Promise<HTMLCanvasElement> {
  const canvas = document.createElement("canvas"), image = new Image();
  canvas.width = map.clientWidth;
  canvas.height = map.clientHeight;
  return new Promise((resolve, reject) => {
    image.onload = () => {
      const context = canvas.getContext("2d") as CanvasRenderingContext2D;
      context.fillStyle = palette().sea;
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(image, 0, 0);
      resolve(canvas);
    };
    image.onerror = () => reject(new Error("picture"));
    image.src = `data:image/svg+xml,${encodeURIComponent(mapSvg(map))}`;
  });
}

function mapSvg(map: SVGSVGElement): string {
  const copy = map.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(map.clientWidth));
  copy.setAttribute("height", String(map.clientHeight));
  for (const text of copy.querySelectorAll("text")) text.setAttribute("font-family", "sans-serif");
  for (const text of copy.querySelectorAll("text.count")) text.setAttribute("font-size", "11");
  return new XMLSerializer().serializeToString(copy);
}

/** The network as SVG: the same shapes as on the canvas, in the data's own units. */
export function networkSvg(app: App, network: Network): string {
  const { scene } = network, { data } = app, colours = data.words.kinds.map((kind) => kind.light), [left, top, right, bottom] = scene.bounds;
  const out = [`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${left - 20} ${top - 20} ${right - left + 40} ${bottom - top + 60}" font-family="sans-serif" font-size="9">`, `<title>${xml(stamp(app))}</title>`];
  for (let e = 0; e < scene.m; e++) {
    const a = scene.a[e], b = scene.b[e];
    out.push(`<line x1="${scene.x[a].toFixed(1)}" y1="${scene.y[a].toFixed(1)}" x2="${scene.x[b].toFixed(1)}" y2="${scene.y[b].toFixed(1)}" stroke="${scene.style[e] & 1 ? "#b8480a" : "#8d9096"}" stroke-opacity="0.6"${scene.style[e] & 2 ? ' stroke-dasharray="5 4"' : ""}/>`);
  }
  for (let v = 0; v < scene.n; v++) {
    const group = scene.kind[v] === 255, label = group ? data.layouts[app.store.state.grouping].groups[scene.ref[v]] : name(data, scene.ref[v]);
    out.push(`<circle cx="${scene.x[v].toFixed(1)}" cy="${scene.y[v].toFixed(1)}" r="${scene.r[v].toFixed(1)}" fill="${group ? "#575d66" : colours[scene.kind[v]]}"><title>${xml(label)}</title></circle>`);
    if (scene.r[v] > 8) out.push(`<text x="${(scene.x[v] + scene.r[v] + 2).toFixed(1)}" y="${(scene.y[v] + 3).toFixed(1)}">${xml(label)}</text>`);
  }
  out.push(`<text x="${left - 10}" y="${bottom + 30}" font-size="12">${xml(stamp(app))}</text>`);
  return `${[...out, "</svg>"].join("\n")}\n`;
}

export function menu(app: App, network: Network, map: SVGSVGElement): HTMLElement {
  const blob = (text: string, type: string): Blob => new Blob([text], { type });
  const entries: [string, () => void][] = [
    [words.link, () => copyLink(app)],
    [words.saveChart, () => save(file(app, "chart.json"), blob(JSON.stringify({ chart: 1, ...keep(app.data, app.store.state) }, null, 1), "application/json"))],
    [words.openChart, () => (document.getElementById("chart-file") as HTMLInputElement).click()],
    [words.png, () => void png(app, network, map)],
    [words.svg, () => save(file(app, "svg"), blob(app.store.state.view === "map" ? mapSvg(map) : networkSvg(app, network), "image/svg+xml"))],
    [words.csv, () => save(file(app, "csv"), blob(`\ufeff${csv(app)}`, "text/csv"))],
    [words.graphml, () => save(file(app, "graphml"), blob(graphml(app), "application/xml"))],
    [words.print, () => window.print()],
  ];
  const box = h("details", { class: "menu" }, h("summary", {}, words.out), h("div", { class: "menu-list" }, ...entries.map(([text, press]) => h("button", { type: "button", onclick: () => { box.open = false; press(); } }, text))));
  return box;
}

function copyLink(app: App): void {
  location.hash = toFragment(keep(app.data, app.store.state));
  void navigator.clipboard?.writeText(location.href).then(() => app.say(words.copied), () => app.say(words.link));
}
