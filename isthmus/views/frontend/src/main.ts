// Put together: read the data, mount the views, tell each of every change.

import "./page.css";
import type { App, ViewPart } from "./app";
import { model, payload, type Model } from "./data";
import { byId, h } from "./dom";
import { Filters } from "./filters";
import { Findings } from "./findings";
import { Gantt } from "./gantt";
import { Header, VIEWS } from "./header";
import { fromFragment, restore, type Kept } from "./keep";
import { WorldMap } from "./map";
import { FIELDS, masks } from "./masks";
import { Network } from "./network";
import { menu } from "./out";
import { Panel } from "./panel";
import { Store, type State, type View } from "./state";
import { Strip } from "./strip";
import { Table } from "./table";
import { toolbar } from "./toolbar";
import { words } from "./words";

const CROWD = 3000;   // nodes above which the network opens on its groups: ten thousand dots are fog

function opening(data: Model): Partial<State> {
  const off = data.words.kinds.map((kind, k) => (kind.background ? k : -1)).filter((k) => k >= 0);
  const start: Partial<State> = { offKinds: off, layers: data.words.layers.map((_, i) => i).filter((i) => data.words.layers[i].shows !== "levels") };
  if (data.n > CROWD) start.collapsed = data.layouts.community.groups.map((_, g) => g);
  const kept = location.hash.length > 1 ? fromFragment(location.hash) : data.chart;
  return kept ? { ...start, ...restore(data, kept) } : start;
}

function mount(data: Model): void {
  const live = h("div", { class: "live", role: "status", "aria-live": "polite" });
  const app = { data, store: new Store(opening(data)), say: (text: string) => { live.textContent = text; } } as App;
  app.masks = masks(data, app.store.state);
  const network = new Network(app), map = new WorldMap(app);
  const parts: Record<View, ViewPart> = { network, map, timeline: new Gantt(app), table: new Table(app), findings: new Findings(app) };
  const filters = new Filters(app), panel = new Panel(app), strip = new Strip(app), header = new Header(app, menu(app, network, map.svg));
  network.element.append(toolbar(app, network));
  const main = h("main", { id: "main" }, ...VIEWS.map((view) => h("section", { class: "view", id: `view-${view}`, "aria-label": words[view] }, parts[view].element)));
  document.body.replaceChildren(h("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); (main.querySelector("section:not([hidden]) [tabindex]") as HTMLElement | null)?.focus(); } }, words.details),
    header.element, h("div", { class: "body" }, filters.element, main, panel.element), strip.element, live, chartFile(app), ...document.querySelectorAll("dialog"));
  const show = (state: State, changed: Set<string> | null): void => {
    if (!changed || FIELDS.some((field) => changed.has(field))) app.masks = masks(data, state);
    for (const view of VIEWS) byId(`view-${view}`).hidden = view !== state.view;
    document.body.dataset.view = state.view;
    header.update();
    const opened = changed?.has("view") ? null : changed;
    parts[state.view].update(state.view === "network" && opened === null && changed ? pending(changed) : opened);
    if (changed && [...changed].every((key) => key === "from" || key === "to")) filters.recount();
    else if (!changed || [...changed].some((key) => key !== "moved" && key !== "selected")) filters.update();
    if (!changed || ["selected", "tie", "path", "pathFrom", "picked", "pinned", "focus", "collapsed"].some((key) => changed.has(key))) panel.update();
    if (!changed || FIELDS.some((field) => changed.has(field))) strip.update();
  };
  app.redraw = () => { show(app.store.state, null); network.repaint(); };
  app.store.subscribe(show);
  show(app.store.state, null);
  network.fit();
  globalKeys(app, header);
  Object.assign(window, { isthmus: app, isthmusNetwork: network });   // for the console, and for tests
  requestAnimationFrame(() => requestAnimationFrame(() => { document.documentElement.dataset.ready = "yes"; }));
}

/** Filters may have changed while the network was hidden: it is built anew when it comes back. */
function pending(changed: Set<string>): Set<string> { return new Set([...changed, "shown again"]); }

function globalKeys(app: App, header: Header): void {
  document.addEventListener("keydown", (event) => {
    const typing = (event.target as HTMLElement).matches("input:not([type=checkbox]):not([type=range]), textarea, select");
    if (event.key === "Escape" && !typing) app.store.set({ selected: -1, tie: -1, path: [], pathFrom: -1, picked: [], focus: -1 });
    else if ((event.ctrlKey || event.metaKey) && !typing && /^[zy]$/i.test(event.key)) {
      event.preventDefault();
      if (event.key.toLowerCase() === "y" || event.shiftKey) app.store.redo();
      else app.store.undo();
    } else if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === "/") { event.preventDefault(); header.search.focus(); }
    else if (VIEWS[Number(event.key) - 1]) app.store.set({ view: VIEWS[Number(event.key) - 1] });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => app.redraw());
  addEventListener("hashchange", () => {
    const kept = fromFragment(location.hash);
    if (kept) app.store.set(restore(app.data, kept));
  });
}

function chartFile(app: App): HTMLElement {
  const input = h("input", { type: "file", id: "chart-file", accept: ".json,application/json", hidden: true, "aria-label": words.openChart, onchange: () => {
    const [chosen] = input.files ?? [];
    void chosen?.text().then((text) => {
      const parsed = JSON.parse(text) as Kept;
      if (parsed?.chart !== 1) throw new Error(words.badChart);
      app.store.set(restore(app.data, parsed));
    }).catch(() => app.say(words.badChart));
    input.value = "";
  } });
  return input;
}

async function start(): Promise<void> {
  const store = byId("isthmus-data");
  if (store.dataset.packing === "gzip" && typeof DecompressionStream === "undefined") throw new Error(words.oldBrowser);
  mount(model(await payload(store)));
}

start().catch((fault: unknown) => {
  document.documentElement.dataset.ready = "failed";
  document.body.append(h("p", { class: "pad", role: "alert" }, `${words.badPage} ${fault instanceof Error ? fault.message : ""}`));
});
