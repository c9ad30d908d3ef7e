// A view to keep: what changed from the beginning, with ids instead of positions, in a link or a chart file.

import type { Model } from "./data";
import { initial, type State } from "./state";

const ONE: (keyof State)[] = ["selected", "focus"];
const MANY: (keyof State)[] = ["picked", "path", "hidden", "pinned"];
const KEYED: (keyof State)[] = ["moved", "notes"];
const PLAIN: (keyof State)[] = [
  "view", "query", "offKinds", "offTies", "countries", "grade", "crossing", "confirmed", "from", "to", "mode", "holder", "layers", "borders", "fighters",
  "grouping", "collapsed", "tieLabels", "rows", "finding",
];

export type Kept = Record<string, unknown>;

export function keep(data: Model, state: State, base: State = initial): Kept {
  const out: Kept = {}, ids = data.nodes.id;
  for (const key of PLAIN) if (JSON.stringify(state[key]) !== JSON.stringify(base[key])) out[key] = state[key];
  for (const key of ONE) if ((state[key] as number) >= 0) out[key] = ids[state[key] as number];
  for (const key of MANY) if ((state[key] as number[]).length) out[key] = (state[key] as number[]).map((i) => ids[i]);
  for (const key of KEYED) {
    const entries = Object.entries(state[key] as Record<string, unknown>);
    if (entries.length) out[key] = Object.fromEntries(entries.map(([i, value]) => [ids[Number(i)], value]));
  }
  return out;
}

function sameShape(value: unknown, like: unknown): boolean {
  if (like === null) return value === null || typeof value === "number";
  return Array.isArray(like) ? Array.isArray(value) : typeof value === typeof like;
}

/** State from something kept. Unknown fields, ids and wrong types are left out: a link is outside input. */
export function restore(data: Model, kept: Kept): Partial<State> {
  const out: Record<string, unknown> = {};
  const at = (id: unknown): number => data.index.get(String(id)) ?? -1;
  for (const key of PLAIN) if (key in kept && sameShape(kept[key], initial[key])) out[key] = kept[key];
  for (const key of ONE) if (key in kept) out[key] = at(kept[key]);
  for (const key of MANY) if (Array.isArray(kept[key])) out[key] = (kept[key] as unknown[]).map(at).filter((i) => i >= 0);
  for (const key of KEYED) {
    if (typeof kept[key] !== "object" || kept[key] === null) continue;
    out[key] = Object.fromEntries(Object.entries(kept[key] as Kept).filter(([id, value]) => at(id) >= 0 && (key === "notes" ? typeof value === "string" : point(value))).map(([id, value]) => [at(id), value]));
  }
  const groups = data.layouts[(out.grouping as State["grouping"]) === "country" ? "country" : "community"].groups.length;
  if (Array.isArray(out.collapsed)) out.collapsed = (out.collapsed as number[]).filter((g) => Number.isInteger(g) && g >= 0 && g < groups);
  if (out.grouping !== undefined && out.grouping !== "country") out.grouping = "community";
  return out as Partial<State>;
}

function point(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((one) => Number.isFinite(one));
}

export function toFragment(kept: Kept): string {
  const bytes = new TextEncoder().encode(JSON.stringify(kept));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

export function fromFragment(text: string): Kept | null {
  try {
    const binary = atob(text.replace(/^#/, "").replaceAll("-", "+").replaceAll("_", "/"));
    const parsed: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0))));
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? (parsed as Kept) : null;
  } catch { return null; }
}
