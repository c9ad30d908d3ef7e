// The shared filter as controls: kinds, countries, grade, borders, regions. Each says how many it concerns.

import type { App } from "./app";
import { button, h, s } from "./dom";
import { path as symbol } from "./marks";
import { toggled, type Grouping } from "./state";
import { kindColours, palette } from "./theme";
import { words } from "./words";

const GRADES = ["", "A1", "B2", "C2", "C3", "D4"];

export class Filters {
  readonly element = h("aside", { class: "filters", "aria-label": words.filters });
  private readonly shown = h("strong", {});
  private readonly known = h("p", { class: "soft small held" });
  private readonly kindCounts: number[];
  private readonly countryCounts: [string, number][];

  constructor(private readonly app: App) {
    const { data } = app, counts = new Map<string, number>();
    this.kindCounts = data.words.kinds.map(() => 0);
    for (const kind of data.nodes.kind) this.kindCounts[kind]++;
    for (const list of data.countriesOf) for (const code of list) counts.set(code, (counts.get(code) ?? 0) + 1);
    this.countryCounts = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  }

  update(): void {
    const open = [...this.element.querySelectorAll("details")].map((one) => one.open);
    const focus = document.activeElement?.id;
    this.element.replaceChildren(this.counts(), this.kinds(), this.ties(), this.countries(), this.regions(), this.legend());
    [...this.element.querySelectorAll("details")].forEach((one, i) => { if (open.length) one.open = open[i]; });
    if (focus) document.getElementById(focus)?.focus();
  }

  /** The numbers alone: while the period moves, the controls stay as they are. */
  recount(): void {
    const { masks, data } = this.app;
    this.shown.textContent = data.n ? words.shown(masks.shownNodes, masks.shownTies) : words.empty;
    this.known.textContent = masks.held ? words.heldFacts(masks.held.people, masks.held.facts, masks.held.undated) : "";
  }

  private counts(): HTMLElement {
    const { store } = this.app;
    this.recount();
    return h("div", { class: "counts" }, this.shown, this.known,
      h("div", { class: "buttons" }, button(words.reset, () => store.set({ offKinds: [], offTies: [], countries: [], grade: "", crossing: false, confirmed: false, from: null, to: null, mode: "valid", focus: -1 }))));
  }

  private check(id: string, label: string, checked: boolean, change: () => void, mark: Element | null = null, count = ""): HTMLElement {
    return h("label", { class: "check" }, h("input", { type: "checkbox", id, checked, onchange: change }), mark, h("span", {}, label), h("span", { class: "soft number" }, count));
  }

  private kinds(): HTMLElement {
    const { data, store } = this.app, colours = kindColours(data);
    return h("fieldset", {}, h("legend", {}, words.kinds), ...data.words.kinds.map((kind, k) => {
      if (!this.kindCounts[k]) return h("span", {});
      return this.check(`kind-${k}`, kind.plural, !store.state.offKinds.includes(k), () => store.set({ offKinds: toggled(store.state.offKinds, k) }), glyph(kind.shape, colours[k]), String(this.kindCounts[k]));
    }));
  }

  private ties(): HTMLElement {
    const { store, data } = this.app, { state } = store;
    const used = [...new Set(data.ties.kind)].sort((a, b) => data.words.ties[a].name.localeCompare(data.words.ties[b].name));
    const grade = h("select", { id: "grade", onchange: (event) => store.set({ grade: (event.target as HTMLSelectElement).value }) },
      ...GRADES.map((value) => h("option", { value, selected: value === state.grade }, value || words.anyGrade)));
    return h("fieldset", {}, h("legend", {}, words.tiesWord),
      this.check("crossing", words.crossing, state.crossing, () => store.set({ crossing: !state.crossing })),
      this.check("confirmed", words.confirmed, state.confirmed, () => store.set({ confirmed: !state.confirmed })),
      this.check("tie-labels", words.tieLabels, state.tieLabels, () => store.set({ tieLabels: !state.tieLabels })),
      h("label", { class: "row" }, h("span", {}, words.grade), grade),
      h("details", {}, h("summary", {}, words.kinds), ...used.map((k) => this.check(`tie-${k}`, data.words.ties[k].name.replaceAll("_", " "), !state.offTies.includes(k), () => store.set({ offTies: toggled(state.offTies, k) })))));
  }

  private countries(): HTMLElement {
    const { store, data } = this.app, { state } = store;
    const box = ([code, count]: [string, number]): HTMLElement => this.check(`country-${code}`, data.words.countries[code] ?? code, state.countries.includes(code), () => store.set({ countries: toggled(state.countries, code) }), null, String(count));
    return h("fieldset", {}, h("legend", {}, words.countries), ...this.countryCounts.slice(0, 8).map(box),
      this.countryCounts.length > 8 ? h("details", {}, h("summary", {}, `+ ${this.countryCounts.length - 8}`), ...this.countryCounts.slice(8).map(box)) : null);
  }

  private regions(): HTMLElement {
    const { store, data } = this.app, { state } = store;
    const choice = h("select", { id: "grouping", onchange: (event) => store.set({ grouping: (event.target as HTMLSelectElement).value as Grouping, collapsed: [] }) },
      ...(["community", "country"] as Grouping[]).map((value) => h("option", { value, selected: value === state.grouping }, words[value])));
    const all = data.layouts[state.grouping].groups.map((_, g) => g);
    return h("fieldset", {}, h("legend", {}, words.network), h("label", { class: "row" }, h("span", {}, words.grouping), choice),
      h("div", { class: "buttons" }, button(words.collapseAll, () => store.set({ collapsed: all })), button(words.expandAll, () => store.set({ collapsed: [] })),
        state.hidden.length ? button(`${words.showHidden} (${state.hidden.length})`, () => store.set({ hidden: [] })) : null));
  }

  private legend(): HTMLElement {
    const colours = palette();
    const line = (stroke: string, width: number, dash = ""): Element => s("svg", { width: 30, height: 12, "aria-hidden": "true" },
      s("line", { x1: 1, x2: 29, y1: 6, y2: 6, stroke, "stroke-width": width, "stroke-dasharray": dash || null }));
    const row = (mark: Element, text: string): HTMLElement => h("div", { class: "check" }, mark, h("span", {}, text));
    const dot = s("svg", { width: 30, height: 14, "aria-hidden": "true" }, s("circle", { cx: 15, cy: 7, r: 5, fill: colours.ground, stroke: kindColours(this.app.data)[0], "stroke-width": 1.6 }));
    const group = s("svg", { width: 30, height: 16, "aria-hidden": "true" }, s("circle", { cx: 15, cy: 8, r: 7, fill: colours.soft }));
    return h("fieldset", { class: "legend" }, h("legend", {}, words.legend), row(line(colours.cross, 2), words.crossLegend), row(line(colours.tie, 1.4, "5 4"), words.openLegend),
      row(line(colours.tie, 3), words.wideLegend), row(dot, words.possibleLegend), row(group, words.groupLegend), h("p", { class: "soft small" }, this.app.data.meta.rules.crosses), h("p", { class: "soft small" }, this.app.data.meta.rules.confirmed));
  }
}

export function glyph(shape: string, colour: string): SVGElement {
  const box = s("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true", class: "glyph" });
  if (shape === "hexagon" || shape === "star") {
    const points = shape === "star" ? 10 : 6;
    box.append(s("polygon", { fill: colour, points: Array.from({ length: points }, (_, i) => {
      const r = shape === "star" && i % 2 ? 3 : 6.6, angle = -Math.PI / 2 + (i * 2 * Math.PI) / points;
      return `${(8 + r * Math.cos(angle)).toFixed(1)},${(8 + r * Math.sin(angle)).toFixed(1)}`;
    }).join(" ") }));
  } else box.append(s("path", { d: symbol(shape, 8, 8, 5.4), fill: colour }));
  return box;
}
