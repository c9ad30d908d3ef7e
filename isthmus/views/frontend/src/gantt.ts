// The timeline: a row an event or tie, solid where its date is certain, pale where it may lie.

import { choose, chooseTie } from "./actions";
import { kindName, name, tieText, type App, type ViewPart } from "./app";
import { other, tiesOf } from "./data";
import { between, ticks } from "./days";
import { h, s } from "./dom";
import { kindColours, palette } from "./theme";
import { words } from "./words";

const ROW = 24;

interface Line {
  label: string; says: string; colour: string; chosen: boolean; press: () => void;
  first: number | null; last: number | null; from: number | null; until: number | null;
}

export class Gantt implements ViewPart {
  readonly element: HTMLElement;
  private readonly svg = s("svg", { class: "gantt-picture", role: "group", "aria-label": words.timeline });
  private readonly scale = s("svg", { class: "gantt-scale", "aria-hidden": "true" });
  private readonly scroller: HTMLElement;
  private lines: Line[] = [];

  constructor(private readonly app: App) {
    this.scroller = h("div", { class: "gantt-scroll", tabindex: 0, role: "region", "aria-label": words.rowsOf(words.timeline), onscroll: () => this.rows() }, this.svg);
    this.element = h("div", { class: "gantt" }, this.scale, this.scroller);
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  update(): void {
    this.lines = this.collect();
    this.draw();
  }

  private collect(): Line[] {
    const { data, masks, store: { state } } = this.app, colours = kindColours(data), out: Line[] = [];
    if (state.selected >= 0) {
      for (const t of tiesOf(data, state.selected)) {
        if (!masks.ties[t]) continue;
        const end = other(data, t, state.selected);
        out.push({
          label: `${tieText(data, t, state.selected)} ${data.nodes.label[end]}`, says: name(data, end), colour: palette().tie, chosen: false,
          press: () => chooseTie(this.app, t), first: data.ties.first[t], last: data.ties.last[t], from: data.ties.from[t], until: data.ties.until[t],
        });
      }
    }
    const events: Line[] = [], event = data.words.kinds.findIndex((kind) => kind.name === "Event");
    for (let i = 0; i < data.n; i++) {
      if (!masks.nodes[i] || (data.nodes.first[i] === null && data.nodes.kind[i] !== event)) continue;
      events.push({
        label: data.nodes.label[i], says: kindName(data, i), colour: colours[data.nodes.kind[i]], chosen: i === state.selected, press: () => choose(this.app, i),
        first: data.nodes.first[i], last: data.nodes.last[i], from: data.nodes.from[i], until: data.nodes.until[i],
      });
    }
    const begins = (line: Line): number => line.first ?? (line.last === null ? Number.MAX_SAFE_INTEGER : -1);   // without a date: listed last
    const order = (a: Line, b: Line): number => begins(a) - begins(b) || a.label.localeCompare(b.label);
    return [...out.sort(order), ...events.sort(order)];
  }

  private get gutter(): number { return Math.min(330, Math.round(this.element.clientWidth * 0.42)); }

  private x(day: number): number {
    const { firstDay, lastDay } = this.app.data;
    const part = Math.min(1, Math.max(0, (day - firstDay) / (lastDay - firstDay)));   // what lies beyond the axis stands at its end
    return this.gutter + part * (this.scroller.clientWidth - this.gutter - 12);
  }

  private draw(): void {
    const width = this.scroller.clientWidth;
    if (!width) return;
    this.svg.setAttribute("width", String(width));
    this.svg.setAttribute("height", String(Math.max(1, this.lines.length) * ROW + 8));
    this.scale.setAttribute("width", String(width));
    this.scale.setAttribute("height", "24");
    const { firstDay, lastDay } = this.app.data, years = ticks(firstDay, lastDay, false), gap = Math.ceil(46 / Math.max(1, this.x(firstDay + 365) - this.x(firstDay)));
    this.scale.replaceChildren(...years.filter((_, i) => i % gap === 0).map((tick) => s("text", { x: this.x(tick.day) + 3, y: 16, class: "tick" }, tick.text)));
    this.rows();
  }

  private rows(): void {
    const { firstDay, lastDay } = this.app.data, height = Number(this.svg.getAttribute("height"));
    const parts: SVGElement[] = ticks(firstDay, lastDay, false).map((tick) => s("line", { x1: this.x(tick.day), x2: this.x(tick.day), y1: 0, y2: height, stroke: palette().regionLine }));
    if (!this.lines.length) parts.push(s("text", { x: 12, y: 20, class: "tick" }, words.nothing));
    const top = Math.max(0, Math.floor(this.scroller.scrollTop / ROW) - 4), end = Math.min(this.lines.length, top + Math.ceil(this.scroller.clientHeight / ROW) + 8);
    for (let k = top; k < end; k++) parts.push(this.line(this.lines[k], k));
    this.svg.replaceChildren(...parts);
  }

  private line(line: Line, k: number): SVGElement {
    const y = k * ROW, dates = between(line.first, line.last) || words.noDate, { firstDay, lastDay } = this.app.data;
    const group = s("g", { class: line.chosen ? "gantt-row chosen" : "gantt-row", tabindex: 0, role: "button", "aria-label": `${line.label}, ${line.says}, ${dates}` },
      s("title", {}, `${line.label}\n${line.says}\n${dates}`), s("rect", { x: 0, y, width: this.scroller.clientWidth, height: ROW, class: "gantt-ground" }),
      s("svg", { x: 12, y, width: Math.max(10, this.gutter - 24), height: ROW }, s("text", { x: 0, y: 16, class: "gantt-name" }, line.label)));
    const a = this.x(line.first ?? firstDay), b = this.x(line.last ?? lastDay);
    if (line.first === null && line.last === null) group.append(s("text", { x: a + 3, y: y + 16, class: "tick" }, words.noDate));
    else group.append(s("rect", { x: a, y: y + 8, width: Math.max(3, b - a), height: 8, rx: 3, fill: line.colour, "fill-opacity": 0.32 }));
    if (line.from !== null && line.until !== null && line.from <= line.until) {
      const c = this.x(line.from), d = this.x(line.until);
      group.append(s("rect", { x: c - 1.5, y: y + 6, width: Math.max(5, d - c), height: 12, rx: 3, fill: line.colour }));
    }
    group.addEventListener("click", line.press);
    group.addEventListener("keydown", (event) => { if (event.key === "Enter") line.press(); });
    return group;
  }
}
