// What can be done to a point, from the mouse, the keys and the panel's buttons alike.

import { name, type App } from "./app";
import { other, tiesOf } from "./data";
import { toggled } from "./state";
import { words } from "./words";

export function choose(app: App, node: number): void {
  const { state } = app.store;
  if (state.pathFrom >= 0 && node >= 0 && node !== state.pathFrom) { path(app, node); return; }
  app.store.set({ selected: node, tie: -1, path: [] });
  if (node >= 0) app.say(name(app.data, node));
}

export function chooseTie(app: App, tie: number): void {
  app.store.set({ tie, selected: -1, path: [] });
}

export function neighbourhood(app: App, node: number): void {
  app.store.set({ focus: app.store.state.focus === node ? -1 : node, selected: node });
}

export function pin(app: App, node: number): void {
  app.store.set({ pinned: toggled(app.store.state.pinned, node) });
}

export function hide(app: App, node: number): void {
  app.store.set({ hidden: [...app.store.state.hidden, node], selected: -1 });
}

export function moveNode(app: App, node: number, to: [number, number]): void {
  const { state } = app.store;
  if (state.pinned.includes(node)) return;
  app.store.set({ moved: { ...state.moved, [node]: [Math.round(to[0] * 10) / 10, Math.round(to[1] * 10) / 10] } });
}

export function toggleGroup(app: App, group: number): void {
  if (group >= 0) app.store.set({ collapsed: toggled(app.store.state.collapsed, group) });
}

/** First call marks the start; the second finds a shortest path through what is shown. */
export function path(app: App, node: number): void {
  const { state } = app.store;
  if (state.pathFrom < 0 || state.pathFrom === node) {
    app.store.set({ pathFrom: node, selected: node, path: [] });
    app.say(words.pathStart(name(app.data, node)));
    return;
  }
  const found = shortest(app, state.pathFrom, node);
  app.store.set({ path: found, pathFrom: -1, selected: -1, tie: -1 });
  app.say(found.length ? words.path(found.length - 1) : words.noPath);
}

export function shortest(app: App, from: number, to: number): number[] {
  const { data, masks } = app, before = new Int32Array(data.n).fill(-1);
  let edge = [from];
  before[from] = from;
  while (edge.length && before[to] < 0) {
    const next: number[] = [];
    for (const i of edge) {
      for (const t of tiesOf(data, i)) {
        const j = other(data, t, i);
        if (!masks.ties[t] || before[j] >= 0) continue;
        before[j] = i;
        next.push(j);
      }
    }
    edge = next;
  }
  if (before[to] < 0) return [];
  const out = [to];
  while (out[0] !== from) out.unshift(before[out[0]]);
  return out;
}

/** Ties that join one step of a path to the next, among those shown. */
export function between(app: App, a: number, b: number): number[] {
  return [...tiesOf(app.data, a)].filter((t) => app.masks.ties[t] && other(app.data, t, a) === b);
}
