// The ladder of a path: hops down, countries across, and who held which hop.

import { between as tiesBetween } from "./actions";
import { name, tieText, type App } from "./app";
import { iso } from "./days";
import { h } from "./dom";
import { words } from "./words";

type Held = Map<string, string>;

function heldBy(app: App, statement: number): Held {
  const { holdings } = app.data, out: Held = new Map();
  for (const row of app.data.holders.get(statement) ?? []) {
    const start = holdings.start[row], state = holdings.state[row];
    const text = state === "held" ? (start === null ? words.held : iso(start)) : state;
    if (!out.has(holdings.country[row]) || state === "held") out.set(holdings.country[row], text);
  }
  return out;
}

/** A cell without a holding says unknown: no source tells, which is not the same as not held. */
export function ladder(app: App, path: number[]): HTMLElement {
  const hops: [string, Held][] = [];
  for (let k = 0; k + 1 < path.length; k++) {
    for (const t of tiesBetween(app, path[k], path[k + 1])) {
      hops.push([`${name(app.data, path[k])} ${tieText(app.data, t, path[k])} ${name(app.data, path[k + 1])}`, heldBy(app, app.data.ties.statement[t])]);
    }
  }
  const countries = [...new Set(hops.flatMap(([, held]) => [...held.keys()]))].sort();
  const { countries: names } = app.data.words;
  if (!countries.length) return h("p", { class: "soft" }, `${words.holders}: ${words.unknown}`);
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": words.ladder }, h("table", { class: "grid" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, words.tiesWord), ...countries.map((code) => h("th", { scope: "col", title: names[code] ?? code }, code)))),
    h("tbody", {}, ...hops.map(([text, held]) => h("tr", {}, h("th", { scope: "row" }, text),
      ...countries.map((code) => h("td", { class: held.get(code) ? "yes" : "soft" }, held.get(code) ?? words.unknown)))))));
}
