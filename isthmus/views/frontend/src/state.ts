// What the reader has chosen. Every view is a function of it; every change goes through the store.

export type View = "network" | "map" | "timeline" | "table" | "findings";
export type Mode = "valid" | "published" | "known";
export type Grouping = "community" | "country";

export interface State {
  view: View;
  selected: number; tie: number; picked: number[];
  path: number[]; pathFrom: number; focus: number;
  query: string; offKinds: number[]; offTies: number[]; countries: string[];
  grade: string; crossing: boolean; confirmed: boolean;
  from: number | null; to: number | null; mode: Mode; holder: string;
  layers: number[]; borders: Record<string, string>; fighters: "low" | "high";
  grouping: Grouping; collapsed: number[];
  hidden: number[]; pinned: number[]; moved: Record<number, [number, number]>; notes: Record<number, string>;
  tieLabels: boolean; rows: "nodes" | "ties"; finding: number;
}

export const initial: State = {
  view: "network", selected: -1, tie: -1, picked: [], path: [], pathFrom: -1, focus: -1,
  query: "", offKinds: [], offTies: [], countries: [], grade: "", crossing: false, confirmed: false,
  from: null, to: null, mode: "valid", holder: "", layers: [], borders: {}, fighters: "high",
  grouping: "community", collapsed: [], hidden: [], pinned: [], moved: {}, notes: {},
  tieLabels: false, rows: "nodes", finding: 0,
};

type Listener = (state: State, changed: Set<keyof State>) => void;

const DEPTH = 200;
const COALESCE = 600;   // ms within which a drag's changes are one step back
const DRAGGED: (keyof State)[] = ["from", "to", "moved"];

export class Store {
  state: State;
  private past: State[] = [];
  private future: State[] = [];
  private listeners: Listener[] = [];
  private last = { key: "", at: 0 };

  constructor(start: Partial<State> = {}) {
    this.state = { ...initial, ...start };
  }

  subscribe(listener: Listener): void {
    this.listeners.push(listener);
  }

  set(patch: Partial<State>): void {
    const keys = (Object.keys(patch) as (keyof State)[]).filter((key) => this.state[key] !== patch[key]);
    if (!keys.length) return;
    const key = keys.join(), now = Date.now();
    if (key !== this.last.key || now - this.last.at > COALESCE || !keys.every((one) => DRAGGED.includes(one))) {
      this.past.push(this.state);
      if (this.past.length > DEPTH) this.past.shift();
    }
    this.last = { key, at: now };
    this.future = [];
    this.state = { ...this.state, ...patch };
    this.tell(new Set(keys));
  }

  get canUndo(): boolean { return this.past.length > 0; }
  get canRedo(): boolean { return this.future.length > 0; }

  undo(): void { this.step(this.past, this.future); }
  redo(): void { this.step(this.future, this.past); }

  private step(from: State[], to: State[]): void {
    const next = from.pop();
    if (!next) return;
    to.push(this.state);
    const before = this.state;
    this.state = next;
    this.last = { key: "", at: 0 };
    this.tell(new Set((Object.keys(next) as (keyof State)[]).filter((key) => before[key] !== next[key])));
  }

  private tell(changed: Set<keyof State>): void {
    for (const listener of this.listeners) listener(this.state, changed);
  }
}

export function toggled<T>(list: T[], item: T): T[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}
