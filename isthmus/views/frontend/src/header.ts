// The head of the page: marking, title, views, search, back and forth, and what else there is.

import * as actions from "./actions";
import { kindName, name, type App } from "./app";
import { button, h } from "./dom";
import { marked } from "./out";
import type { View } from "./state";
import { theme } from "./theme";
import { words } from "./words";

export const VIEWS: View[] = ["network", "map", "timeline", "table", "findings"];
const FOUND = 12;

export class Header {
  readonly element: HTMLElement;
  readonly search = h("input", { type: "search", id: "search", placeholder: words.find, "aria-label": words.search, autocomplete: "off", role: "combobox", "aria-expanded": "false", "aria-controls": "found" });
  private readonly found = h("ul", { class: "found", id: "found", role: "listbox", "aria-label": words.search });
  private readonly tabs = new Map<View, HTMLButtonElement>();
  private readonly undo: HTMLButtonElement;
  private readonly redo: HTMLButtonElement;
  private readonly keys: string[];
  private at = -1;

  constructor(private readonly app: App, menu: HTMLElement) {
    const { data, store } = app;
    this.keys = data.nodes.label.map((label, i) => `${label} ${data.nodes.aliases[i]}`.toLocaleLowerCase());
    this.undo = button("↶", () => store.undo(), { "aria-label": words.undo, title: words.undo });
    this.redo = button("↷", () => store.redo(), { "aria-label": words.redo, title: words.redo });
    for (const view of VIEWS) this.tabs.set(view, button(words[view], () => store.set({ view }), { class: "tab" }));
    const marking = data.meta.tlp;
    this.element = h("header", { class: "head" },
      h("div", { class: "title" }, h("span", { class: `tlp tlp-${(marking || "none").toLowerCase().replace("+strict", "")}` }, marked(app)), h("h1", { dir: "auto" }, data.meta.title)),
      h("nav", { class: "tabs", "aria-label": words.details }, ...this.tabs.values()),
      h("div", { class: "find" }, this.search, this.found),
      h("div", { class: "tools-row" }, this.undo, this.redo,
        button(words.filters, () => document.body.classList.toggle("show-filters"), { class: "only-narrow" }),
        button("◐", () => { document.documentElement.dataset.theme = theme() === "dark" ? "light" : "dark"; app.redraw(); }, { "aria-label": words.theme, title: words.theme }),
        menu, about(app)));
    this.search.addEventListener("input", () => this.list());
    this.search.addEventListener("keydown", (event) => this.key(event));
    // A click on the list comes after the field is left; who is back in it by then is searching again.
    this.search.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== this.search) this.close(); }, 150));
  }

  update(): void {
    const { store } = this.app;
    for (const [view, tab] of this.tabs) tab.setAttribute("aria-pressed", String(view === store.state.view));
    this.undo.disabled = !store.canUndo;
    this.redo.disabled = !store.canRedo;
  }

  private matches(): number[] {
    const asked = this.search.value.trim().toLocaleLowerCase(), out: number[] = [];
    if (!asked) return out;
    for (let i = 0; i < this.keys.length; i++) if (this.keys[i].includes(asked)) out.push(i);
    const { data } = this.app, person = data.words.kinds.findIndex((kind) => kind.name === "Person");
    const rank = (i: number): number => (data.nodes.kind[i] === person ? 0 : 2) + Number(!` ${this.keys[i]}`.includes(` ${asked}`));
    return out.sort((a, b) => rank(a) - rank(b) || data.degree[b] - data.degree[a]).slice(0, FOUND);
  }

  private list(): void {
    const rows = this.matches();
    this.at = -1;
    this.found.replaceChildren(...(rows.length ? rows.map((i, k) => h("li", { id: `found-${k}`, role: "option", "aria-selected": "false", "data-node": i, onmousedown: () => this.take(i) },
      h("span", { dir: "auto" }, name(this.app.data, i)), h("span", { class: "soft" }, ` ${kindName(this.app.data, i)}`)))
      : this.search.value.trim() ? [h("li", { role: "option", "aria-selected": "false", "aria-disabled": "true" }, words.noMatch)] : []));
    this.search.setAttribute("aria-expanded", String(this.found.childElementCount > 0));
    if (this.search.value.trim()) this.app.say(`${rows.length}`);
  }

  private take(i: number): void {
    const { data, store } = this.app;
    if (store.state.offKinds.includes(data.nodes.kind[i])) store.set({ offKinds: store.state.offKinds.filter((kind) => kind !== data.nodes.kind[i]) });
    const group = data.layouts[store.state.grouping].group[i];
    if (store.state.collapsed.includes(group)) actions.toggleGroup(this.app, group);
    actions.choose(this.app, i);
    this.search.value = "";
    this.close();
  }

  private close(): void {
    this.found.replaceChildren();
    this.search.setAttribute("aria-expanded", "false");
    this.search.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    const items = [...this.found.children] as HTMLElement[];
    if (event.key === "Escape") { this.search.value = ""; this.close(); return; }
    if (event.key === "Enter") {
      const item = items[Math.max(0, this.at)];
      if (item?.dataset.node) this.take(Number(item.dataset.node));
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    this.at = Math.max(0, Math.min(items.length - 1, this.at + (event.key === "ArrowDown" ? 1 : -1)));
    items.forEach((item, k) => item.setAttribute("aria-selected", String(k === this.at)));
    this.search.setAttribute("aria-activedescendant", `found-${this.at}`);
  }
}

function about(app: App): HTMLElement {
  const { meta } = app.data;
  const dialog = h("dialog", { "aria-label": words.about },
    h("h2", {}, words.about),
    h("dl", { class: "facts" }, ...meta.arguments.map(([key, value]) => h("div", { class: "fact" }, h("dt", {}, key), h("dd", {}, value)))),
    ...Object.values(meta.rules).map((rule) => h("p", {}, rule)),
    h("h3", {}, words.help), h("dl", { class: "facts keys" }, ...words.keys.map(([key, does]) => h("div", { class: "fact" }, h("dt", {}, h("kbd", {}, key)), h("dd", {}, does)))),
    h("details", {}, h("summary", {}, words.licences), h("pre", { tabindex: 0 }, meta.licences)),
    button(words.close, () => dialog.close()));
  document.body.append(dialog);
  return button("?", () => dialog.showModal(), { "aria-label": words.about, title: words.about });
}
