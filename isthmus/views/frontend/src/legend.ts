// The map's legend: switches of the layers with what each means, the ramp, disputed borders, the table.

import type { App } from "./app";
import { h, s } from "./dom";
import { form, path } from "./marks";
import { toggled } from "./state";
import { layerColour, palette } from "./theme";
import { words } from "./words";
import { DISPUTES } from "./world";

export class MapLegend {
  readonly element = h("div", { class: "map-legend" });

  constructor(private readonly app: App) {}

  update(): void {
    const open = [...this.element.querySelectorAll("details")].map((one) => one.open);
    this.element.replaceChildren(h("h2", {}, words.layers), this.layers(), this.arcs(), this.borders(), this.table());
    [...this.element.querySelectorAll("details")].forEach((one, i) => { one.open = open[i] ?? false; });
  }

  private swatch(layer: number): SVGElement {
    const colour = layerColour(this.app.data, layer), { shows } = this.app.data.words.layers[layer];
    const box = s("svg", { width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" });
    if (shows === "levels") box.append(s("rect", { x: 3, y: 3, width: 12, height: 12, fill: "none", stroke: colour, "stroke-width": 2.4 }));
    else if (shows === "fighters") box.append(s("rect", { x: 2, y: 4, width: 14, height: 10, fill: palette().ramp[3] }));
    else box.append(s("path", { d: path(form(layer), 9, 9, 6), fill: colour }));
    return box;
  }

  private layers(): HTMLElement {
    const { data, store } = this.app, list = h("ul", { class: "plain" });
    data.words.layers.forEach((layer, i) => {
      const all = data.map.verdicts.filter((one) => one.layer === i);
      const sure = all.filter((one) => one.verdict === "yes").length, maybe = all.filter((one) => one.verdict === "possible").length;
      const box = h("input", { type: "checkbox", checked: store.state.layers.includes(i), onchange: () => store.set({ layers: toggled(store.state.layers, i) }) });
      const count = layer.shows === "fighters" ? `${data.map.fighters.length} ${words.countries.toLowerCase()}`
        : layer.shows === "levels" ? "" : `${sure}${maybe ? ` + ${maybe} ${words.possible}` : ""}`;
      list.append(h("li", {}, h("label", { class: "layer" }, box, this.swatch(i), h("span", {}, layer.name, count ? h("span", { class: "soft" }, ` ${count}`) : null)),
        h("p", { class: "soft small" }, layer.says)));
      if (layer.shows === "fighters") list.append(h("li", {}, this.ramp()));
    });
    return list;
  }

  private ramp(): HTMLElement {
    const bounds = ["<50", "50", "150", "500", "1,500+"], { ramp } = palette();
    const box = s("svg", { viewBox: "0 0 200 26", class: "ramp", role: "img", "aria-label": words.fighters });
    ramp.forEach((colour, i) => box.append(
      s("rect", { x: i * 40, y: 0, width: 39, height: 9, fill: colour }),
      s("text", { x: i * 40 + 1, y: 21, class: "tick" }, bounds[i]),
    ));
    const { store } = this.app, choice = h("select", { "aria-label": words.fighters, onchange: (event) => store.set({ fighters: (event.target as HTMLSelectElement).value === "low" ? "low" : "high" }) },
      ...(["high", "low"] as const).map((value) => h("option", { value, selected: store.state.fighters === value }, words[value])));
    return h("div", { class: "ramp-box" }, choice, box);
  }

  private arcs(): HTMLElement {
    const box = s("svg", { width: 26, height: 14, "aria-hidden": "true" }, s("path", { d: "M1 12Q13 -6 25 12", fill: "none", stroke: palette().cross, "stroke-width": 2.4 }));
    return h("p", { class: "layer" }, box, words.arcs);
  }

  private borders(): HTMLElement {
    const { store } = this.app, list = h("div", {});
    for (const dispute of DISPUTES) {
      const [label, ...texts] = words.disputes[dispute.key];
      const select = h("select", { onchange: (event) => store.set({ borders: { ...store.state.borders, [dispute.key]: (event.target as HTMLSelectElement).value } }) },
        ...dispute.choices.map((value, k) => h("option", { value, selected: (store.state.borders[dispute.key] ?? dispute.choices[0]) === value }, texts[k])));
      list.append(h("label", { class: "row" }, h("span", {}, label), select));
    }
    return h("details", {}, h("summary", {}, words.borders), h("p", { class: "soft small" }, words.bordersSay), list);
  }

  /** The map as a table: layers down, countries across. */
  private table(): HTMLElement {
    const { data } = this.app, head = h("tr", {}, h("td", {}), ...data.map.countries.map((code) => h("th", { scope: "col", title: data.words.countries[code] ?? code }, code)));
    const body = h("tbody", {});
    data.words.layers.forEach((layer, i) => {
      const cells = new Map(data.map.cells.filter((cell) => cell.layer === i).map((cell) => [cell.country, cell]));
      body.append(h("tr", {}, h("th", { scope: "row" }, layer.name), ...data.map.countries.map((code) => {
        const cell = cells.get(code);
        return h("td", {}, cell?.text || words.noData);
      })));
    });
    return h("details", { class: "wide" }, h("summary", {}, words.table), h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": words.rowsOf(words.map) }, h("table", { class: "grid" }, h("thead", {}, head), body)));
  }
}
