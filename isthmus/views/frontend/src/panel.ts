// What is known of the chosen point or tie, each line with its claims; with nothing chosen, the case in short.

import * as actions from "./actions";
import { kindName, name, tieText, tieWord, type App } from "./app";
import { CONFIRMED, CROSSES, DISPUTED, other, tiesOf } from "./data";
import { between } from "./days";
import { button, h } from "./dom";
import { evidence, gradeBadge } from "./evidence";
import { ladder } from "./ladder";
import { layoutOf } from "./scene";
import { toggled } from "./state";
import { words } from "./words";

const FIRST = 60;   // ties listed at once; the rest on demand

export class Panel {
  readonly element = h("aside", { class: "panel", "aria-label": words.details, tabindex: -1 });

  constructor(private readonly app: App) {}

  update(): void {
    const { state } = this.app.store, content = state.path.length ? this.path() : state.selected >= 0 ? this.node(state.selected)
      : state.tie >= 0 ? this.tie(state.tie) : this.summary();
    this.element.replaceChildren(...content.filter((part): part is HTMLElement => part !== null));
    this.element.scrollTop = 0;
    document.body.classList.toggle("has-choice", state.path.length > 0 || state.selected >= 0 || state.tie >= 0);
  }

  private closer(): HTMLElement {
    return button("×", () => this.app.store.set({ selected: -1, tie: -1, path: [], pathFrom: -1 }), { class: "closer", "aria-label": words.close });
  }

  private fact(label: string, value: string): HTMLElement | null {
    return value ? h("div", { class: "fact" }, h("dt", {}, label), h("dd", {}, value)) : null;
  }

  private places(i: number): string {
    return this.app.data.countriesOf[i].map((code) => this.app.data.words.countries[code] ?? code).join(", ");
  }

  private node(i: number): (HTMLElement | null)[] {
    const { data } = this.app, { nodes } = data;
    return [
      this.closer(),
      h("p", { class: "over" }, kindName(data, i)),
      h("h2", { dir: "auto" }, nodes.label[i]),
      nodes.status[i] ? h("p", { class: "status" }, h("span", { class: "soft" }, `${words.status}: `), h("strong", {}, nodes.status[i])) : null,
      this.buttons(i),
      h("dl", { class: "facts" }, this.fact(words.role, nodes.role[i]), this.fact(words.countriesOf, this.places(i)),
        this.fact(words.dates, between(nodes.first[i], nodes.last[i])), this.fact(words.also, nodes.aliases[i])),
      this.note(i), this.ties(i), this.attributes(i),
    ];
  }

  private buttons(i: number): HTMLElement {
    const { app } = this, { state } = app.store, group = layoutOf(app.data, state).group[i];
    return h("div", { class: "buttons" },
      button(state.focus === i ? words.everything : words.neighbourhood, () => actions.neighbourhood(app, i)),
      button(state.pathFrom >= 0 && state.pathFrom !== i ? words.pathTo : words.pathFrom, () => actions.path(app, i), { "aria-pressed": String(state.pathFrom === i) }),
      button(state.pinned.includes(i) ? words.unpin : words.pin, () => actions.pin(app, i)),
      button(words.hide, () => actions.hide(app, i)),
      button(state.picked.includes(i) ? words.unpick : words.pick, () => app.store.set({ picked: toggled(state.picked, i) })),
      group >= 0 ? button(state.collapsed.includes(group) ? words.expand : words.collapse, () => actions.toggleGroup(app, group)) : null);
  }

  private note(i: number): HTMLElement {
    const { store } = this.app, text = store.state.notes[i] ?? "";
    const area = h("textarea", { rows: 2, "aria-label": words.note, onchange: (event) => {
      store.set({ notes: { ...store.state.notes, [i]: (event.target as HTMLTextAreaElement).value } });
    } }, text);
    const box = h("details", {}, h("summary", {}, words.note), area);
    box.open = text !== "";
    return box;
  }

  private ties(i: number): HTMLElement | null {
    const { data, masks } = this.app, groups = new Map<string, number[]>();
    for (const t of tiesOf(data, i)) {
      if (!masks.ties[t] && data.words.kinds[data.nodes.kind[other(data, t, i)]].name !== "Country") continue;
      const word = tieWord(data, t, i);
      groups.set(word, [...(groups.get(word) ?? []), t]);
    }
    if (!groups.size) return null;
    const list = h("div", {}, h("h3", {}, `${words.tiesOf} `, h("span", { class: "soft" }, tiesOf(data, i).length)));
    for (const [word, ties] of [...groups].sort((a, b) => b[1].length - a[1].length)) {
      list.append(h("h4", {}, word), h("ul", { class: "plain" }, ...ties.slice(0, FIRST).map((t) => this.tieLine(t, i))));
      if (ties.length > FIRST) {
        const more = button(`+ ${ties.length - FIRST}`, () => more.replaceWith(h("ul", { class: "plain" }, ...ties.slice(FIRST).map((t) => this.tieLine(t, i)))));
        list.append(more);
      }
    }
    return list;
  }

  private tags(t: number): HTMLElement[] {
    const { ties } = this.app.data, flags = ties.flags[t], out: HTMLElement[] = [];
    if (flags & CROSSES) out.push(h("span", { class: "tag cross" }, words.crossesTie));
    if (!(flags & CONFIRMED)) out.push(h("span", { class: "tag" }, words.openTie));
    if (flags & DISPUTED) out.push(h("span", { class: "tag" }, words.disputed));
    return out;
  }

  private tieLine(t: number, i: number): HTMLElement {
    const { data } = this.app, end = other(data, t, i), { ties } = data;
    const says = [ties.role[t], between(ties.first[t], ties.last[t])].filter(Boolean).join(", ");
    const box = h("details", { class: "tie-line", ontoggle: () => { if (box.open && box.children.length < 2) box.append(evidence(this.app, ties.statement[t])); } },
      h("summary", {}, gradeBadge(this.app, ties.grade[t]), " ", h("span", { class: "end", dir: "auto" }, name(data, end)),
        says ? h("span", { class: "soft small" }, ` ${says}`) : null, ...this.tags(t)));
    return h("li", { class: "with-go" }, box, button("→", () => actions.choose(this.app, end), { class: "go", "aria-label": name(data, end) }));
  }

  private attributes(i: number): HTMLElement | null {
    const { data } = this.app, rows = (data.attributes.get(i) ?? []).filter((row) => data.statements.property[row] !== "kind");
    if (!rows.length) return null;
    return h("div", {}, h("h3", {}, words.attributes), h("ul", { class: "plain" }, ...rows.map((row) => {
      const box = h("details", { class: "tie-line", ontoggle: () => { if (box.open && box.children.length < 2) box.append(evidence(this.app, row)); } },
        h("summary", {}, h("span", { class: "soft" }, `${data.statements.property[row].replaceAll("_", " ")} `), h("span", { dir: "auto" }, data.statements.value[row] || (data.statements.property[row] === "name" ? data.nodes.label[i] : ""))));
      return h("li", {}, box);
    })));
  }

  private tie(t: number): (HTMLElement | null)[] {
    const { data } = this.app, { ties } = data;
    return [
      this.closer(), h("p", { class: "over" }, words.tiesWord), h("h2", {}, tieText(data, t)),
      h("p", {}, button(name(data, data.source[t]), () => actions.choose(this.app, data.source[t]), { class: "link" }), " → ",
        button(name(data, data.target[t]), () => actions.choose(this.app, data.target[t]), { class: "link" })),
      h("dl", { class: "facts" }, this.fact(words.dates, between(ties.first[t], ties.last[t])), this.fact(words.gradeOf, ties.grade[t]),
        this.fact(words.sources, words.origins(ties.origins[t]))),
      h("p", {}, ...this.tags(t)), h("h3", {}, words.claims), evidence(this.app, ties.statement[t]),
    ];
  }

  private path(): (HTMLElement | null)[] {
    const { app } = this, { path } = app.store.state;
    return [
      this.closer(), h("h2", {}, words.path(path.length - 1)),
      h("ol", { class: "plain path" }, ...path.flatMap((i, k) => [
        h("li", {}, button(name(app.data, i), () => app.store.set({ selected: i, path: [] }), { class: "link" })),
        ...(k + 1 < path.length ? actions.between(app, i, path[k + 1]).map((t) => h("li", { class: "hop" }, h("details", {}, h("summary", {}, tieText(app.data, t, i), " ", gradeBadge(app, app.data.ties.grade[t])), evidence(app, app.data.ties.statement[t])))) : []),
      ])),
      h("h3", {}, words.ladder), ladder(app, path),
    ];
  }

  private summary(): (HTMLElement | null)[] {
    const { data } = this.app, counts = data.words.kinds.map((kind, k) => [kind.plural, data.nodes.kind.filter((value) => value === k).length] as const);
    const crossing = new Int32Array(data.n), firm = new Int32Array(data.n);
    for (let t = 0; t < data.m; t++) {
      if (!(data.ties.flags[t] & CROSSES)) continue;
      for (const i of [data.source[t], data.target[t]]) { crossing[i]++; if (data.ties.flags[t] & CONFIRMED) firm[i]++; }
    }
    const best = [...crossing.keys()].filter((i) => crossing[i] && data.nodes.ranked[i]).sort((a, b) => crossing[b] - crossing[a]).slice(0, 10);
    return [
      h("h2", {}, words.summary), h("p", { class: "soft" }, words.start),
      h("dl", { class: "facts" }, ...counts.filter(([, count]) => count).map(([plural, count]) => this.fact(plural, count.toLocaleString("en"))), this.fact(words.tiesWord.toLowerCase(), data.m.toLocaleString("en"))),
      best.length ? h("h3", {}, words.mostTied) : null,
      best.length ? h("p", { class: "soft small" }, data.meta.rules.crosses) : null,
      best.length ? h("ul", { class: "plain" }, ...best.map((i) => h("li", {}, button(name(data, i), () => actions.choose(this.app, i), { class: "link" }), h("div", { class: "soft small" }, words.ofThem(crossing[i], firm[i]))))) : null,
      best.length ? h("p", { class: "soft small" }, words.mostTiedSay) : null,
      Object.keys(data.meta.left_out).length ? h("h3", {}, words.leftOut) : null,
      h("dl", { class: "facts" }, ...Object.entries(data.meta.left_out).map(([why, count]) => this.fact(why, String(count)))),
    ];
  }
}
