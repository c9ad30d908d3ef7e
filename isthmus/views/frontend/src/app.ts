// What every view is given: the data, the store, the current masks, and how to speak to a screen reader.

import type { Model } from "./data";
import type { Masks } from "./masks";
import type { Store } from "./state";

export interface App {
  data: Model;
  store: Store;
  masks: Masks;
  say: (text: string) => void;
  redraw: () => void;       // colours changed: draw everything again
}

export interface ViewPart {
  element: HTMLElement;
  /** Called after a change, and when the view is opened. Hidden views are not called. */
  update: (changed: Set<string> | null) => void;
}

export function name(data: Model, i: number): string {
  const status = data.nodes.status[i];
  return status ? `${data.nodes.label[i]} (${status})` : data.nodes.label[i];
}

export function kindName(data: Model, i: number): string {
  return data.nodes.sub[i] || data.words.kinds[data.nodes.kind[i]].name.toLowerCase();
}

/** How a tie reads from its source, or `from` its target: the one place that turns it round. */
export function tieWord(data: Model, t: number, from = -1): string {
  const kind = data.words.ties[data.ties.kind[t]];
  return from >= 0 && from !== data.source[t] ? kind.reads : kind.name.replaceAll("_", " ");
}

export function tieText(data: Model, t: number, from = -1): string {
  const word = tieWord(data, t, from), role = data.ties.role[t];
  return role ? `${word} (${role})` : word;
}
