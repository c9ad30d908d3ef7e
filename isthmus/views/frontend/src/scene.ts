// What the network draws: visible nodes and ties in flat arrays, with collapsed groups as one node each.

import { CONFIRMED, CROSSES, type Model } from "./data";
import type { Layout } from "./payload";
import type { Masks } from "./masks";
import type { State } from "./state";

export const GROUP = 255;             // `kind` of a collapsed group
export const STYLE_CROSS = 1, STYLE_OPEN = 2, STYLE_WIDE = 4, STYLE_WIDER = 8;

export interface Region { x: number; y: number; r: number; label: string; group: number; count: number }

export interface Scene {
  n: number; m: number;
  x: Float32Array; y: Float32Array; r: Float32Array; kind: Uint8Array; ref: Int32Array; sure: Uint8Array;
  a: Int32Array; b: Int32Array; style: Uint8Array; bend: Int8Array; tie: Int32Array; count: Int32Array;
  at: Int32Array;                     // scene position of node i, or of the group it is collapsed into, or -1
  regions: Region[];
  bounds: [number, number, number, number];
}

export function layoutOf(data: Model, state: State): Layout {
  return data.layouts[state.grouping];
}

export function positionOf(data: Model, state: State, i: number): [number, number] {
  const moved = state.moved[i];
  if (moved) return moved;
  const layout = layoutOf(data, state);
  return [layout.x[i], layout.y[i]];
}

export function radius(degree: number): number {
  return degree ? 4.2 + Math.min(10, 1.3 * Math.sqrt(degree)) : 3.4;
}

interface Sums { x: Float64Array; y: Float64Array; count: Int32Array }

function sums(data: Model, layout: Layout, shown: Uint8Array): Sums {
  const k = layout.groups.length;
  const out = { x: new Float64Array(k), y: new Float64Array(k), count: new Int32Array(k) };
  for (let i = 0; i < data.n; i++) {
    const g = layout.group[i];
    if (g < 0 || !shown[i]) continue;
    out.x[g] += layout.x[i]; out.y[g] += layout.y[i]; out.count[g]++;
  }
  for (let g = 0; g < k; g++) if (out.count[g]) { out.x[g] /= out.count[g]; out.y[g] /= out.count[g]; }
  return out;
}

function regions(data: Model, layout: Layout, shown: Uint8Array, sum: Sums): Region[] {
  const reach = new Float64Array(layout.groups.length);
  for (let i = 0; i < data.n; i++) {
    const g = layout.group[i];
    if (g < 0 || !shown[i]) continue;
    reach[g] = Math.max(reach[g], Math.hypot(layout.x[i] - sum.x[g], layout.y[i] - sum.y[g]));
  }
  const out: Region[] = [];
  for (let g = 0; g < layout.groups.length; g++) {
    if (sum.count[g] < 3) continue;
    out.push({ x: sum.x[g], y: sum.y[g], r: reach[g] + 16, label: layout.groups[g], group: g, count: sum.count[g] });
  }
  return out;
}

function placeNodes(data: Model, state: State, masks: Masks, layout: Layout, sum: Sums): Scene {
  const collapsed = new Set(state.collapsed);
  const groups = [...collapsed].filter((g) => sum.count[g] > 0);
  let n = groups.length;
  for (let i = 0; i < data.n; i++) if (masks.nodes[i] && !collapsed.has(layout.group[i])) n++;
  const degree = new Int32Array(data.n);
  for (let t = 0; t < data.m; t++) if (masks.ties[t]) { degree[data.source[t]]++; degree[data.target[t]]++; }
  const scene: Scene = {
    n, m: 0, x: new Float32Array(n), y: new Float32Array(n), r: new Float32Array(n), kind: new Uint8Array(n),
    ref: new Int32Array(n), sure: new Uint8Array(n), a: new Int32Array(0), b: new Int32Array(0),
    style: new Uint8Array(0), bend: new Int8Array(0), tie: new Int32Array(0), count: new Int32Array(0),
    at: new Int32Array(data.n).fill(-1), regions: [], bounds: [0, 0, 1, 1],
  };
  const place = new Map<number, number>();
  groups.forEach((g, k) => {
    place.set(g, k);
    scene.x[k] = sum.x[g]; scene.y[k] = sum.y[g]; scene.kind[k] = GROUP; scene.ref[k] = g; scene.sure[k] = 2;
    scene.r[k] = 7 + 2.2 * Math.sqrt(sum.count[g]);
  });
  let k = groups.length;
  for (let i = 0; i < data.n; i++) {
    if (!masks.nodes[i]) continue;
    const g = layout.group[i];
    if (collapsed.has(g)) { scene.at[i] = place.get(g) ?? -1; continue; }
    [scene.x[k], scene.y[k]] = positionOf(data, state, i);
    scene.r[k] = radius(degree[i]); scene.kind[k] = data.nodes.kind[i]; scene.ref[k] = i; scene.sure[k] = masks.nodes[i];
    scene.at[i] = k++;
  }
  return scene;
}

const besides = new WeakMap<Model, Int8Array>();

/** How far each tie swings aside: 0 for the first between two nodes, then 1, -1, 2, -2 … */
function parallel(data: Model): Int8Array {
  const known = besides.get(data);
  if (known) return known;
  const out = new Int8Array(data.m), counts = new Map<number, number>();
  for (let t = 0; t < data.m; t++) {
    const p = data.source[t], q = data.target[t], key = Math.min(p, q) * data.n + Math.max(p, q), before = counts.get(key) ?? 0;
    counts.set(key, before + 1);
    out[t] = ((before + 1) >> 1) * (before % 2 ? 1 : -1) * (before ? 1 : 0);
  }
  besides.set(data, out);
  return out;
}

function styleOf(data: Model, t: number): number {
  const flags = data.ties.flags[t], origins = data.ties.origins[t];
  return (flags & CROSSES ? STYLE_CROSS : 0) | (flags & CONFIRMED ? 0 : STYLE_OPEN)
    | (origins >= 3 ? STYLE_WIDER : origins === 2 ? STYLE_WIDE : 0);
}

function placeTies(data: Model, masks: Masks, scene: Scene): void {
  const a: number[] = [], b: number[] = [], style: number[] = [], bend: number[] = [], tie: number[] = [], count: number[] = [];
  const seen = new Map<number, number>(), beside = parallel(data);
  for (let t = 0; t < data.m; t++) {
    if (!masks.ties[t]) continue;
    const p = scene.at[data.source[t]], q = scene.at[data.target[t]];
    if (p < 0 || q < 0 || p === q) continue;
    if (scene.kind[p] !== GROUP && scene.kind[q] !== GROUP) {
      a.push(p); b.push(q); tie.push(t); count.push(1); style.push(styleOf(data, t)); bend.push(beside[t]);
      continue;
    }
    const key = Math.min(p, q) * scene.n + Math.max(p, q), before = seen.get(key);
    if (before !== undefined) {
      count[before]++;
      style[before] = (style[before] | (styleOf(data, t) & STYLE_CROSS)) & ~STYLE_OPEN;
      continue;
    }
    seen.set(key, a.length);
    a.push(p); b.push(q); tie.push(-1); count.push(1); style.push(styleOf(data, t) & STYLE_CROSS); bend.push(0);
  }
  for (let i = 0; i < a.length; i++) {
    if (tie[i] < 0) style[i] |= count[i] > 8 ? STYLE_WIDER : count[i] > 2 ? STYLE_WIDE : 0;
  }
  scene.m = a.length;
  scene.a = Int32Array.from(a); scene.b = Int32Array.from(b); scene.style = Uint8Array.from(style);
  scene.bend = Int8Array.from(bend); scene.tie = Int32Array.from(tie); scene.count = Int32Array.from(count);
}

function bounds(scene: Scene): [number, number, number, number] {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (let i = 0; i < scene.n; i++) {
    const r = scene.r[i];
    left = Math.min(left, scene.x[i] - r); right = Math.max(right, scene.x[i] + r);
    top = Math.min(top, scene.y[i] - r); bottom = Math.max(bottom, scene.y[i] + r);
  }
  return scene.n ? [left, top, right, bottom] : [-100, -100, 100, 100];
}

export function scene(data: Model, state: State, masks: Masks): Scene {
  const layout = layoutOf(data, state), sum = sums(data, layout, masks.nodes);
  const out = placeNodes(data, state, masks, layout, sum);
  placeTies(data, masks, out);
  const collapsed = new Set(state.collapsed);
  out.regions = regions(data, layout, masks.nodes, sum).filter((region) => !collapsed.has(region.group));
  out.bounds = bounds(out);
  return out;
}

/** Nearest node within reach of a point, through a grid that is made once a scene. */
export class Finder {
  private cells = new Map<number, number[]>();
  private static readonly SIZE = 48;

  constructor(private readonly scene: Scene) {
    for (let i = 0; i < scene.n; i++) {
      const key = this.key(Math.floor(scene.x[i] / Finder.SIZE), Math.floor(scene.y[i] / Finder.SIZE));
      const cell = this.cells.get(key);
      if (cell) cell.push(i);
      else this.cells.set(key, [i]);
    }
  }

  private key(column: number, row: number): number {
    return (column + 50000) * 100003 + row + 50000;
  }

  near(x: number, y: number, slack: number): number {
    const { scene } = this, span = Math.ceil((slack + 60) / Finder.SIZE);
    const column = Math.floor(x / Finder.SIZE), row = Math.floor(y / Finder.SIZE);
    let best = -1, least = Infinity;
    for (let i = column - span; i <= column + span; i++) {
      for (let j = row - span; j <= row + span; j++) {
        for (const node of this.cells.get(this.key(i, j)) ?? []) {
          const gap = Math.hypot(scene.x[node] - x, scene.y[node] - y) - scene.r[node];
          if (gap < slack && gap < least) { least = gap; best = node; }
        }
      }
    }
    return best;
  }
}
