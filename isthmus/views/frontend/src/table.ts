// The table: every entity or tie that is shown, sortable; only the rows in sight are in the page.

import { choose, chooseTie } from "./actions";
import { kindName, tieText, type App, type ViewPart } from "./app";
import { CONFIRMED, CROSSES } from "./data";
import { between } from "./days";
import { h } from "./dom";
import { words } from "./words";

const ROW = 30, SPARE = 8;

export interface Column { title: string; text: (row: number) => string; number?: (row: number) => number }

export function columns(app: App, what: "nodes" | "ties"): Column[] {
  const { data } = app, { nodes, ties } = data, { columns: title } = words, last = (days: (number | null)[], i: number): number => days[i] ?? -1;
  const place = (i: number): string => data.countriesOf[i].join(" ");
  if (what === "nodes") {
    return [
      { title: title.name, text: (i) => nodes.label[i] }, { title: title.status, text: (i) => nodes.status[i] }, { title: title.kind, text: (i) => kindName(data, i) },
      { title: title.role, text: (i) => nodes.role[i] }, { title: title.countries, text: place },
      { title: title.dates, text: (i) => between(nodes.first[i], nodes.last[i]), number: (i) => last(nodes.first, i) },
      { title: title.ties, text: (i) => String(data.degree[i]), number: (i) => data.degree[i] },
    ];
  }
  return [
    { title: title.from, text: (t) => nodes.label[data.source[t]] }, { title: title.fromStatus, text: (t) => nodes.status[data.source[t]] },
    { title: title.tie, text: (t) => tieText(data, t) }, { title: title.to, text: (t) => nodes.label[data.target[t]] },
    { title: title.toStatus, text: (t) => nodes.status[data.target[t]] },
    { title: title.dates, text: (t) => between(ties.first[t], ties.last[t]), number: (t) => last(ties.first, t) },
    { title: title.grade, text: (t) => ties.grade[t] }, { title: title.origins, text: (t) => (ties.origins[t] < 0 ? "?" : String(ties.origins[t])), number: (t) => ties.origins[t] },
    { title: title.confirmed, text: (t) => (ties.flags[t] & CONFIRMED ? words.yes : words.no) },
    { title: title.crosses, text: (t) => (ties.flags[t] & CROSSES ? words.yes : words.no) },
  ];
}

export class Table implements ViewPart {
  readonly element: HTMLElement;
  private readonly body = h("tbody", {});
  private readonly head = h("thead", {});
  private readonly scroller: HTMLElement;
  private readonly table = h("table", { class: "grid big" }, this.head, this.body);
  private readonly filter = h("input", { type: "search", placeholder: words.contains, "aria-label": words.search, oninput: () => this.update(null) });
  private readonly count = h("span", { class: "soft" });
  private readonly tabs: HTMLElement;
  private order: number[] = [];
  private shown: Column[] = [];
  private by = -1;
  private up = true;

  constructor(private readonly app: App) {
    this.tabs = h("div", { class: "segments", role: "group", "aria-label": words.table });
    this.scroller = h("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": words.rowsOf(words.table), onscroll: () => this.rows() }, this.table);
    this.element = h("div", { class: "table-view" }, h("div", { class: "bar" }, this.tabs, this.filter, this.count), this.scroller);
    new ResizeObserver(() => this.rows()).observe(this.scroller);
  }

  update(changed: Set<string> | null): void {
    const { store: { state }, masks } = this.app;
    if (changed?.has("rows")) { this.by = -1; this.filter.value = ""; this.scroller.scrollTop = 0; }
    this.tabs.replaceChildren(...(["nodes", "ties"] as const).map((what) => h("button", {
      type: "button", "aria-pressed": String(state.rows === what), onclick: () => this.app.store.set({ rows: what }),
    }, what === "nodes" ? words.entities : words.tiesWord)));
    this.shown = columns(this.app, state.rows);
    const mask = state.rows === "nodes" ? masks.nodes : masks.ties, asked = this.filter.value.trim().toLocaleLowerCase();
    this.order = [];
    for (let i = 0; i < mask.length; i++) {
      if (mask[i] && (!asked || this.shown.some((column) => column.text(i).toLocaleLowerCase().includes(asked)))) this.order.push(i);
    }
    this.sort();
    this.count.textContent = words.rows(this.order.length);
    this.heading();
    this.rows();
  }

  private sort(): void {
    const column = this.shown[this.by];
    if (!column) return;
    const sign = this.up ? 1 : -1, { number } = column;
    if (number) this.order.sort((a, b) => sign * (number(a) - number(b)));
    else {
      const keys = new Map(this.order.map((i) => [i, column.text(i)])), compare = new Intl.Collator().compare;
      this.order.sort((a, b) => sign * compare(keys.get(a) ?? "", keys.get(b) ?? ""));
    }
  }

  private heading(): void {
    this.head.replaceChildren(h("tr", {}, ...this.shown.map((column, k) => h("th", {
      scope: "col", "aria-sort": k === this.by ? (this.up ? "ascending" : "descending") : "none",
    }, h("button", { type: "button", onclick: () => { this.up = this.by === k ? !this.up : true; this.by = k; this.update(null); } },
      column.title, h("span", { "aria-hidden": "true" }, k === this.by ? (this.up ? " ↑" : " ↓") : ""))))));
    this.table.setAttribute("aria-rowcount", String(this.order.length + 1));
  }

  private rows(): void {
    const top = Math.max(0, Math.floor(this.scroller.scrollTop / ROW) - SPARE), end = Math.min(this.order.length, top + Math.ceil(this.scroller.clientHeight / ROW) + 2 * SPARE);
    const spacer = (count: number): HTMLElement => {
      const cell = h("td", { colspan: this.shown.length });
      cell.style.height = `${count * ROW}px`;
      return h("tr", { class: "spacer", "aria-hidden": "true" }, cell);
    };
    const list: HTMLElement[] = top ? [spacer(top)] : [];
    for (let k = top; k < end; k++) list.push(this.row(this.order[k], k));
    if (end < this.order.length) list.push(spacer(this.order.length - end));
    if (!this.order.length) list.push(h("tr", {}, h("td", { colspan: this.shown.length }, words.nothing)));
    this.body.replaceChildren(...list);
  }

  private row(i: number, k: number): HTMLElement {
    const { store: { state } } = this.app, nodes = state.rows === "nodes", chosen = nodes ? state.selected === i : state.tie === i;
    const press = (): void => (nodes ? choose(this.app, i) : chooseTie(this.app, i));
    return h("tr", { class: chosen ? "chosen" : null, "aria-rowindex": k + 2, onclick: press }, ...this.shown.map((column, c) => {
      const text = column.text(i);
      return h("td", { title: text }, c === 0 ? h("button", { type: "button", class: "link" }, text) : text);
    }));
  }
}
