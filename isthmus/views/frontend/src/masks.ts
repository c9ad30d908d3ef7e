// The one filter: two byte masks, made once a change. 0 is out, 1 possibly in (its date leaves it open), 2 in.

import { CONFIRMED, CROSSES, type Model } from "./data";
import type { State } from "./state";

export interface Masks {
  nodes: Uint8Array; ties: Uint8Array;
  shownNodes: number; shownTies: number;
  undated: number; undatedEvents: number;   // shown, and without a date by the clock that is asked: they stay
  held: Held | null;    // where the page asks who held what
}

/** What a country, or anyone, held by a day: the facts, ties or not, and the nodes that they are about. */
export interface Held { facts: number; people: number; undated: number; about: Map<number, number> }

export const FIELDS: (keyof State)[] = [
  "offKinds", "offTies", "countries", "grade", "crossing", "confirmed", "from", "to", "mode", "holder", "hidden", "focus",
];

const OPEN_LOW = -1e9, OPEN_HIGH = 1e9;

export function overlap(
  first: number | null, last: number | null, from: number | null, until: number | null, low: number, high: number,
): number {
  if (first === null && last === null) return 1;
  if ((first ?? OPEN_LOW) > high || (last ?? OPEN_HIGH) < low) return 0;
  if (first !== null && last !== null && first >= low && last <= high) return 2;
  if (from === null || until === null) return 1;
  return from <= high && until >= low ? 2 : 1;
}

/** Does `grade` (B2) reach `least` (C3)? A letter or figure that cannot be judged does not. */
export function passes(grade: string, least: string): boolean {
  if (!least) return true;
  if (!grade || grade[0] === "F" || grade[1] === "6") return false;
  return grade[0] <= least[0] && grade[1] <= least[1];
}

function tieDate(data: Model, t: number, state: State, low: number, high: number): number {
  if (state.from === null && state.to === null && state.mode === "valid") return 2;
  const { ties } = data;
  if (state.mode === "valid") return overlap(ties.first[t], ties.last[t], ties.from[t], ties.until[t], low, high);
  if (state.mode === "published") {
    const day = ties.published[t];
    return day === null ? 1 : day <= high ? 2 : 0;
  }
  return known(data, ties.statement[t], state.holder, high);
}

/** Was the statement held by `holder` (or by anyone) on `day`? Only what a source says was held counts. */
function known(data: Model, statement: number, holder: string, day: number): number {
  let best = 0;
  for (const row of data.holders.get(statement) ?? []) {
    const { holdings } = data;
    if (holder && holdings.country[row] !== holder) continue;
    if (holdings.state[row] !== "held") continue;
    const start = holdings.start[row], end = holdings.end[row];
    if (start === null && end === null) best = Math.max(best, 1);
    else if ((start ?? OPEN_LOW) <= day) best = Math.max(best, start === null ? 1 : 2);
  }
  return best;
}

/** All that was held: a fact of a day that no source states is counted apart, and stays. */
export function held(data: Model, state: State): Held {
  const day = state.to ?? OPEN_HIGH, about = new Map<number, number>(), people = new Set<number>();
  const person = data.words.kinds.findIndex((kind) => kind.name === "Person");
  let facts = 0, undated = 0;
  for (const statement of data.holders.keys()) {
    const found = known(data, statement, state.holder, day);
    if (!found) continue;
    if (found === 2) facts++; else undated++;
    const tie = data.tieOfStatement.get(statement);
    for (const node of tie === undefined ? [data.statements.subject[statement]] : [data.source[tie], data.target[tie]]) {
      about.set(node, Math.max(about.get(node) ?? 0, found));
      if (found === 2 && data.nodes.kind[node] === person) people.add(node);
    }
  }
  return { facts, people: people.size, undated, about };
}

/** Has tie `t` no date by the clock that is asked? What was held is counted by facts, see `held`. */
function dateless(data: Model, t: number, state: State): boolean {
  const { ties } = data;
  if (state.mode === "valid") return ties.first[t] === null && ties.last[t] === null;
  return state.mode === "published" && ties.published[t] === null;
}

function tieMask(data: Model, state: State, alive: Uint8Array): [Uint8Array, number] {
  const mask = new Uint8Array(data.m), { ties } = data;
  const offTies = new Set(state.offTies), low = state.from ?? OPEN_LOW, high = state.to ?? OPEN_HIGH;
  let undated = 0;
  for (let t = 0; t < data.m; t++) {
    if (!alive[data.source[t]] || !alive[data.target[t]] || offTies.has(ties.kind[t])) continue;
    const flags = ties.flags[t];
    if ((state.crossing && !(flags & CROSSES)) || (state.confirmed && !(flags & CONFIRMED))) continue;
    if (!passes(ties.grade[t], state.grade)) continue;
    mask[t] = tieDate(data, t, state, low, high);
    if (mask[t] && dateless(data, t, state)) undated++;
  }
  return [mask, undated];
}

function nodeAlive(data: Model, state: State): Uint8Array {
  const alive = new Uint8Array(data.n).fill(1), { nodes } = data;
  const off = new Set(state.offKinds), wanted = new Set(state.countries);
  for (let i = 0; i < data.n; i++) {
    if (off.has(nodes.kind[i])) alive[i] = 0;
    else if (wanted.size && !data.countriesOf[i].some((code) => wanted.has(code))) alive[i] = 0;
  }
  for (const i of state.hidden) alive[i] = 0;
  if (state.focus >= 0) {
    const near = new Uint8Array(data.n);
    near[state.focus] = 1;
    for (let a = data.start[state.focus]; a < data.start[state.focus + 1]; a++) {
      near[data.source[data.adjacent[a]]] = 1;
      near[data.target[data.adjacent[a]]] = 1;
    }
    for (let i = 0; i < data.n; i++) alive[i] &= near[i];
  }
  return alive;
}

/** Nodes left without a tie stay only while no filter asks about ties. */
function nodeMask(data: Model, state: State, alive: Uint8Array, ties: Uint8Array, known: Held | null): Uint8Array {
  const mask = new Uint8Array(data.n), { nodes } = data;
  const dated = state.from !== null || state.to !== null || state.mode !== "valid";
  const asked = dated || state.crossing || state.confirmed || state.grade !== "" || state.offTies.length > 0;
  for (let t = 0; t < data.m; t++) {
    if (!ties[t]) continue;
    if (mask[data.source[t]] < ties[t]) mask[data.source[t]] = ties[t];
    if (mask[data.target[t]] < ties[t]) mask[data.target[t]] = ties[t];
  }
  if (!asked) return alive.map((value) => value * 2);
  for (const [node, found] of known?.about ?? []) if (alive[node] && mask[node] < found) mask[node] = found;
  const low = state.from ?? OPEN_LOW, high = state.to ?? OPEN_HIGH;
  for (let i = 0; i < data.n; i++) {
    if (!alive[i]) { mask[i] = 0; continue; }
    if (state.mode === "valid" && dated && nodes.first[i] !== null) {
      mask[i] = overlap(nodes.first[i], nodes.last[i], nodes.from[i], nodes.until[i], low, high);
    }
  }
  if (state.selected >= 0 && alive[state.selected] && !mask[state.selected]) mask[state.selected] = 1;
  return mask;
}

export function masks(data: Model, state: State): Masks {
  const alive = nodeAlive(data, state);
  const [ties, undated] = tieMask(data, state, alive);
  const known = state.mode === "known" ? held(data, state) : null;
  const nodes = nodeMask(data, state, alive, ties, known);
  let shownTies = 0, shownNodes = 0;
  for (let t = 0; t < data.m; t++) {
    if (ties[t] && (!nodes[data.source[t]] || !nodes[data.target[t]])) ties[t] = 0;
    if (ties[t]) shownTies++;
  }
  const event = data.words.kinds.findIndex((kind) => kind.name === "Event");
  let undatedEvents = 0;
  for (let i = 0; i < data.n; i++) {
    if (!nodes[i]) continue;
    shownNodes++;
    if (data.nodes.kind[i] === event && data.nodes.first[i] === null && data.nodes.last[i] === null) undatedEvents++;
  }
  return { nodes, ties, shownNodes, shownTies, undated: known ? known.undated : undated, undatedEvents, held: known };
}
