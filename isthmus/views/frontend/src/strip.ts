// The period under every view: how much happened when, two handles, play, and by which clock.

import type { App } from "./app";
import { iso, ticks } from "./days";
import { h, s } from "./dom";
import type { Mode } from "./state";
import { palette, still } from "./theme";
import { words } from "./words";

const STEP = 31;        // days that one step of "play" moves
const PACE = 320;       // ms a step

export class Strip {
  readonly element: HTMLElement;
  private readonly svg = s("svg", { class: "strip-picture", preserveAspectRatio: "none", role: "img", "aria-label": words.period });
  private readonly low: HTMLInputElement;
  private readonly high: HTMLInputElement;
  private readonly dates = h("span", { class: "strip-dates" });
  private readonly note = h("span", { class: "soft small" });
  private readonly playing = h("button", { type: "button", onclick: () => this.play() }, words.play);
  private readonly mode: HTMLSelectElement;
  private readonly holder: HTMLSelectElement;
  private timer = 0;

  constructor(private readonly app: App) {
    const { firstDay, lastDay } = app.data;
    const range = (label: string): HTMLInputElement => h("input", { type: "range", min: firstDay, max: lastDay, step: 1, "aria-label": label, oninput: () => this.slid() });
    this.low = range(words.from);
    this.high = range(words.to);
    this.mode = h("select", { "aria-label": words.mode, onchange: () => app.store.set({ mode: this.mode.value as Mode }) },
      ...(["valid", "published", "known"] as Mode[]).map((value) => h("option", { value }, words[value])));
    const holders = [...new Set(app.data.holdings.country)].filter(Boolean).sort();
    this.holder = h("select", { "aria-label": words.holders, onchange: () => app.store.set({ holder: this.holder.value }) },
      h("option", { value: "" }, words.anyHolder), ...holders.map((code) => h("option", { value: code }, app.data.words.countries[code] ?? code)));
    this.element = h("section", { class: "strip", "aria-label": words.period },
      h("div", { class: "strip-head" }, this.playing, h("button", { type: "button", onclick: () => app.store.set({ from: null, to: null }) }, words.allTime),
        this.dates, h("label", { class: "inline" }, words.mode, " ", this.mode), this.holder, this.note),
      h("div", { class: "strip-body" }, this.svg, h("div", { class: "handles" }, this.low, this.high)));
    new ResizeObserver(() => this.picture()).observe(this.svg);
  }

  private slid(): void {
    const { firstDay, lastDay } = this.app.data;
    let low = Number(this.low.value), high = Number(this.high.value);
    if (low > high) { if (document.activeElement === this.low) low = high; else high = low; }
    this.app.store.set({ from: low <= firstDay ? null : low, to: high >= lastDay ? null : high });
  }

  private play(): void {
    const { store, data } = this.app;
    if (this.timer) { clearInterval(this.timer); this.timer = 0; this.playing.textContent = words.play; return; }
    this.playing.textContent = words.pause;
    if (store.state.to === null) store.set({ from: store.state.from ?? data.firstDay, to: (store.state.from ?? data.firstDay) + 3 * STEP });
    this.timer = window.setInterval(() => {
      const to = (store.state.to ?? data.lastDay) + STEP, width = (store.state.to ?? to) - (store.state.from ?? data.firstDay);
      if (to >= data.lastDay) { store.set({ to: null }); this.play(); return; }
      store.set(store.state.mode === "valid" ? { to, from: to - width } : { to });
    }, still() ? PACE * 3 : PACE);
  }

  update(): void {
    const { store: { state }, data, masks } = this.app;
    this.low.value = String(state.from ?? data.firstDay);
    this.high.value = String(state.to ?? data.lastDay);
    for (const input of [this.low, this.high]) input.setAttribute("aria-valuetext", iso(Number(input.value)));
    this.low.disabled = state.mode !== "valid";
    this.mode.value = state.mode;
    this.holder.value = state.holder;
    this.holder.hidden = state.mode !== "known";
    const to = iso(state.to ?? data.lastDay);
    this.dates.textContent = state.mode === "valid" ? `${iso(state.from ?? data.firstDay)} – ${to}` : to;
    this.note.textContent = words.undated[state.mode](masks.undated, masks.undatedEvents);
    this.picture();
  }

  private counts(months: number, from: number): [Float64Array, Float64Array] {
    const { data, masks } = this.app, events = new Float64Array(months), active = new Float64Array(months + 1);
    const slot = (day: number): number => Math.min(months - 1, Math.max(0, Math.floor((day - from) / 30.44)));
    for (let i = 0; i < data.n; i++) {
      const first = data.nodes.first[i], last = data.nodes.last[i] ?? first;
      if (first === null || last === null || !masks.nodes[i]) continue;
      const a = slot(first), b = slot(last);
      for (let k = a; k <= b; k++) events[k] += 1 / (b - a + 1);
    }
    for (let t = 0; t < data.m; t++) {
      const first = data.ties.first[t], last = data.ties.last[t];
      if (!masks.ties[t] || (first === null && last === null)) continue;
      active[first === null ? 0 : slot(first)]++;
      active[last === null ? months : slot(last) + 1]--;
    }
    for (let k = 1; k < months; k++) active[k] += active[k - 1];
    return [events, active];
  }

  private picture(): void {
    const width = this.svg.clientWidth, height = this.svg.clientHeight, { firstDay, lastDay } = this.app.data;
    if (!width || !this.app.masks) return;
    const months = Math.max(1, Math.ceil((lastDay - firstDay) / 30.44)), [events, active] = this.counts(months, firstDay);
    const base = height - 16, x = (day: number): number => ((day - firstDay) / (lastDay - firstDay)) * width;
    const most = Math.max(1, ...events), mostTies = Math.max(1, ...active.subarray(0, months)), step = width / months;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    let area = `M0 ${base}`;
    for (let k = 0; k < months; k++) { const y = base - (active[k] / mostTies) * (base - 4); area += `L${k * step} ${y}L${(k + 1) * step} ${y}`; }
    const parts: SVGElement[] = [s("path", { d: `${area}L${width} ${base}Z`, class: "strip-ties" })];
    for (let k = 0; k < months; k++) {
      const tall = (events[k] / most) * (base - 4);
      if (tall > 0) parts.push(s("rect", { x: k * step + 1, y: base - tall, width: Math.max(1, step - 2), height: tall, class: "strip-events" }));
    }
    const years = ticks(firstDay, lastDay, false), gap = Math.ceil(44 / Math.max(1, x(firstDay + 365)));
    years.forEach((tick, i) => {
      parts.push(s("line", { x1: x(tick.day), x2: x(tick.day), y1: 2, y2: base + 3, stroke: palette().regionLine }));
      if (i % gap === 0 && x(tick.day) < width - 30) parts.push(s("text", { x: x(tick.day) + 3, y: height - 4, class: "tick" }, tick.text));
    });
    const { state } = this.app.store, a = x(state.from ?? firstDay), b = x(state.to ?? lastDay);
    parts.push(s("rect", { x: 0, y: 0, width: Math.max(0, a), height: base, class: "strip-out" }), s("rect", { x: b, y: 0, width: Math.max(0, width - b), height: base, class: "strip-out" }));
    this.svg.replaceChildren(...parts);
  }
}
