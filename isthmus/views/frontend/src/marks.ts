// Symbols of the map: one event, or several that would overlap as one ring with their number.

import type { Model } from "./data";
import { s } from "./dom";
import { layerColour, type Palette } from "./theme";
import { words } from "./words";

export interface Mark { x: number; y: number; layer: number; node: number; sure: boolean; says: string }

const REACH = 24;
const FORMS = ["circle", "diamond", "square", "triangle", "circle", "circle"];

export function form(layer: number): string { return FORMS[layer % FORMS.length]; }

export function path(shape: string, x: number, y: number, r: number): string {
  if (shape === "diamond") return `M${x} ${y - r * 1.2}L${x + r * 1.2} ${y}L${x} ${y + r * 1.2}L${x - r * 1.2} ${y}Z`;
  if (shape === "square") return `M${x - r * 0.9} ${y - r * 0.9}h${r * 1.8}v${r * 1.8}h${-r * 1.8}Z`;
  if (shape === "triangle") return `M${x} ${y - r * 1.15}L${x + r * 1.1} ${y + r * 0.85}H${x - r * 1.1}Z`;
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
}

function arc(x: number, y: number, r: number, from: number, to: number): string {
  const large = to - from > Math.PI ? 1 : 0, cut = Math.min(to, from + 2 * Math.PI - 0.001);
  return `M${x + r * Math.sin(from)} ${y - r * Math.cos(from)}A${r} ${r} 0 ${large} 1 ${x + r * Math.sin(cut)} ${y - r * Math.cos(cut)}`;
}

export class Cluster {
  marks: Mark[] = [];
  x = 0;
  y = 0;

  add(mark: Mark): void {
    const n = this.marks.push(mark);
    this.x += (mark.x - this.x) / n;
    this.y += (mark.y - this.y) / n;
  }

  private get radius(): number { return Math.min(20, 9 + Math.sqrt(this.marks.length) * 1.5); }

  draw(data: Model, palette: Palette): SVGElement {
    const label = this.label(data);
    const group = s("g", { class: "symbol", tabindex: 0, role: "button", "aria-label": label }, s("title", {}, label));
    group.addEventListener("keydown", (event) => { if (event.key === "Enter") group.dispatchEvent(new MouseEvent("click")); });
    if (this.marks.length === 1) this.single(group, data, palette);
    else this.ring(group, data, palette);
    return group;
  }

  private label(data: Model): string {
    const names = this.marks.slice(0, 6).map((mark) => `${data.words.layers[mark.layer].name}: ${mark.says}`);
    return (this.marks.length > 1 ? `${words.events(this.marks.length)}\n` : "") + names.join("\n") + (this.marks.length > 6 ? `\n${words.andMore(this.marks.length - 6)}` : "");
  }

  private single(group: SVGElement, data: Model, palette: Palette): void {
    const [mark] = this.marks, colour = layerColour(data, mark.layer);
    group.append(s("path", {
      d: path(form(mark.layer), this.x, this.y, 6), fill: mark.sure ? colour : palette.ground, stroke: mark.sure ? palette.ground : colour,
      "stroke-width": mark.sure ? 1.2 : 2,
    }));
  }

  private ring(group: SVGElement, data: Model, palette: Palette): void {
    const r = this.radius, total = this.marks.length, counts = new Map<number, number>();
    for (const mark of this.marks) counts.set(mark.layer, (counts.get(mark.layer) ?? 0) + 1);
    group.append(s("circle", { cx: this.x, cy: this.y, r: r + 2, fill: palette.ground, "fill-opacity": 0.94 }));
    let from = 0;
    for (const [layer, count] of [...counts].sort((a, b) => a[0] - b[0])) {
      const to = from + (count / total) * 2 * Math.PI;
      group.append(s("path", { d: arc(this.x, this.y, r - 1.5, from + (counts.size > 1 ? 0.06 : 0), to), fill: "none", stroke: layerColour(data, layer), "stroke-width": 4 }));
      from = to;
    }
    group.append(s("text", { x: this.x, y: this.y + 3.8, "text-anchor": "middle", class: "count", fill: palette.ink }, total));
  }
}

/** Marks closer than their size become one cluster; the order of the data decides, so a redraw gives the same. */
export function clusters(marks: Mark[], width: number, height: number): Cluster[] {
  let out: Cluster[] = [];
  for (const mark of marks) {
    if (mark.x < -20 || mark.y < -20 || mark.x > width + 20 || mark.y > height + 20) continue;
    let home = out.find((cluster) => Math.hypot(cluster.x - mark.x, cluster.y - mark.y) < REACH);
    if (!home) out.push(home = new Cluster());
    home.add(mark);
  }
  for (let again = true; again;) [out, again] = merged(out);
  return out;
}

function merged(list: Cluster[]): [Cluster[], boolean] {
  for (let i = 0; i < list.length; i++) {
    for (let j = i + 1; j < list.length; j++) {
      if (Math.hypot(list[i].x - list[j].x, list[i].y - list[j].y) >= 33) continue;
      for (const mark of list[j].marks) list[i].add(mark);
      return [list.filter((_, k) => k !== j), true];
    }
  }
  return [list, false];
}
