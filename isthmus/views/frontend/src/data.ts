// The page's data: what Python wrote, and the arrays that the views read. Nothing here draws.

import type { Payload } from "./payload";
import { unpack } from "./unpack";

export const CONFIRMED = 1, CROSSES = 2, DISPUTED = 4;

export interface Model extends Payload {
  n: number; m: number;
  source: Int32Array; target: Int32Array;
  start: Int32Array; adjacent: Int32Array;      // ties of node i: adjacent[start[i] .. start[i+1]]
  degree: Int32Array;
  tieOfStatement: Map<number, number>;
  attributes: Map<number, number[]>;            // statements that are no ties, by node
  holders: Map<number, number[]>;               // rows of holdings, by statement
  index: Map<string, number>;
  countriesOf: string[][];
  firstDay: number; lastDay: number;
}

function adjacency(n: number, source: Int32Array, target: Int32Array): [Int32Array, Int32Array] {
  const start = new Int32Array(n + 1);
  for (let t = 0; t < source.length; t++) {
    start[source[t] + 1]++;
    if (target[t] !== source[t]) start[target[t] + 1]++;
  }
  for (let i = 0; i < n; i++) start[i + 1] += start[i];
  const place = start.slice(), list = new Int32Array(start[n]);
  for (let t = 0; t < source.length; t++) {
    list[place[source[t]]++] = t;
    if (target[t] !== source[t]) list[place[target[t]]++] = t;
  }
  return [start, list];
}

const TAIL = 0.025, FAR = 0.25;   // share of dates at either end that may lie beyond the axis: a late trial would squeeze the rest

function span(payload: Payload): [number, number] {
  const { nodes, ties } = payload, dated = (days: (number | null)[]): number[] => days.filter((day): day is number => day !== null);
  let days = [...dated(nodes.first), ...dated(nodes.last)];
  if (!days.length) days = [...dated(ties.first), ...dated(ties.last)];
  if (!days.length) return [735234, 736329];   // nothing is dated: 2014-01-01 to 2016-12-31
  days.sort((a, b) => a - b);
  const out = Math.floor(days.length * TAIL), last = days.length - 1, low = days[out], high = days[last - out], far = (high - low) * FAR;
  return [(low - days[0] > far ? low : days[0]) - 20, (days[last] - high > far ? high : days[last]) + 20];
}

function grouped(keys: ArrayLike<number>): Map<number, number[]> {
  const map = new Map<number, number[]>();
  for (let i = 0; i < keys.length; i++) {
    const list = map.get(keys[i]);
    if (list) list.push(i);
    else map.set(keys[i], [i]);
  }
  return map;
}

export function model(packed: Payload): Model {
  const payload = unpack(packed);
  const n = payload.nodes.id.length, m = payload.ties.source.length;
  const source = Int32Array.from(payload.ties.source), target = Int32Array.from(payload.ties.target);
  const [start, adjacent] = adjacency(n, source, target);
  const degree = new Int32Array(n);
  for (let i = 0; i < n; i++) degree[i] = start[i + 1] - start[i];
  const tieOfStatement = new Map(payload.ties.statement.map((s, t) => [s, t]));
  const attributes = new Map<number, number[]>();
  for (const [node, rows] of grouped(payload.statements.subject)) {
    attributes.set(node, rows.filter((row) => !tieOfStatement.has(row)));
  }
  const [firstDay, lastDay] = span(payload);
  return {
    ...payload, n, m, source, target, start, adjacent, degree, tieOfStatement, attributes,
    holders: grouped(payload.holdings.statement),
    index: new Map(payload.nodes.id.map((id, i) => [id, i])),
    countriesOf: payload.nodes.countries.map((text) => (text ? text.split(" ") : [])),
    firstDay, lastDay,
  };
}

/** The other end of tie `t`, seen from node `i`. */
export function other(data: Model, t: number, i: number): number {
  return data.source[t] === i ? data.target[t] : data.source[t];
}

export function tiesOf(data: Model, i: number): Int32Array {
  return data.adjacent.subarray(data.start[i], data.start[i + 1]);
}

/** Text of an element that holds JSON: as it is, or gzip in base64. */
export async function payload(element: HTMLElement): Promise<Payload> {
  const text = element.textContent ?? "";
  if (element.dataset.packing !== "gzip") return JSON.parse(text) as Payload;
  const binary = atob(text.trim()), bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text()) as Payload;
}
