// One full picture of the network on a canvas context: regions, ties in batches, nodes in batches, labels.

import type { Model } from "./data";
import { Slots, shorten, textWidth } from "./labels";
import { GROUP, STYLE_CROSS, STYLE_OPEN, STYLE_WIDE, STYLE_WIDER, type Scene } from "./scene";
import type { Palette } from "./theme";

export interface Camera { x: number; y: number; k: number }   // world point at the middle, pixels per unit

export interface Frame {
  context: CanvasRenderingContext2D; width: number; height: number; camera: Camera;
  scene: Scene; data: Model; palette: Palette; colours: string[]; groups: string[];
  inset: number;            // share of the picture at each edge that lies outside the window
}

export const FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif";
const FIRST = 14, LOOSE = 4;
const NAME = `500 11.5px ${FONT}`, STATUS = `10.5px ${FONT}`, REGION = `600 11px ${FONT}`;

export function scaleOf(k: number): number {
  return Math.min(1.9, Math.max(0.3, 1.15 * k ** 0.72));
}

export function screen(frame: Frame, x: number, y: number): [number, number] {
  const { camera, width, height } = frame;
  return [(x - camera.x) * camera.k + width / 2, (y - camera.y) * camera.k + height / 2];
}

function line(frame: Frame, e: number): void {
  const { context, scene } = frame, a = scene.a[e], b = scene.b[e];
  const [x1, y1] = screen(frame, scene.x[a], scene.y[a]), [x2, y2] = screen(frame, scene.x[b], scene.y[b]);
  context.moveTo(x1, y1);
  if (!scene.bend[e]) { context.lineTo(x2, y2); return; }
  const swing = scene.bend[e] * 14 * Math.min(1.5, frame.camera.k), length = Math.hypot(x2 - x1, y2 - y1) || 1;
  context.quadraticCurveTo(
    (x1 + x2) / 2 - ((y2 - y1) / length) * swing, (y1 + y2) / 2 + ((x2 - x1) / length) * swing, x2, y2,
  );
}

function visible(frame: Frame, e: number): boolean {
  const { scene, width, height } = frame;
  const [x1, y1] = screen(frame, scene.x[scene.a[e]], scene.y[scene.a[e]]);
  const [x2, y2] = screen(frame, scene.x[scene.b[e]], scene.y[scene.b[e]]);
  return !((x1 < 0 && x2 < 0) || (y1 < 0 && y2 < 0) || (x1 > width && x2 > width) || (y1 > height && y2 > height));
}

function stroke(frame: Frame, style: number, many: boolean): void {
  const { context, palette, camera } = frame;
  context.strokeStyle = style & STYLE_CROSS ? palette.cross : palette.tie;
  const width = style & STYLE_WIDER ? 2.6 : style & STYLE_WIDE ? 1.7 : 1;
  context.lineWidth = Math.max(0.5, width * Math.min(1.3, 0.6 + camera.k / 2));
  context.globalAlpha = (style & STYLE_CROSS ? 0.85 : 0.55) * (many ? 0.45 : 1);
  context.setLineDash(style & STYLE_OPEN && !many ? [5, 4] : []);
}

/** Ties batched by style: a canvas draws one path of a thousand lines faster than a thousand paths. */
export function ties(frame: Frame, which: ArrayLike<number> | null = null): void {
  const { scene, context } = frame, total = which ? which.length : scene.m, many = total > 8000;
  const buckets: number[][] = Array.from({ length: 16 }, () => []);
  for (let i = 0; i < total; i++) {
    const e = which ? which[i] : i;
    if (visible(frame, e)) buckets[scene.style[e]].push(e);
  }
  context.save();
  for (const style of [0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11]) {
    if (!buckets[style].length) continue;
    stroke(frame, style, many);
    for (let from = 0; from < buckets[style].length; from += 1000) {   // a longer path is slower to rasterise
      context.beginPath();
      for (const e of buckets[style].slice(from, from + 1000)) line(frame, e);
      context.stroke();
    }
  }
  context.restore();
}

/** Heads stand at the rim of the target node; symmetric ties have none. */
export function heads(frame: Frame, which: ArrayLike<number>): void {
  const { scene, context, data, palette, camera } = frame, size = 5.5;
  context.save();
  for (let i = 0; i < which.length; i++) {
    const e = which[i], t = scene.tie[e];
    if (t < 0 || data.words.ties[data.ties.kind[t]].symmetric || !visible(frame, e)) continue;
    let a = scene.a[e], b = scene.b[e];
    if (scene.ref[a] !== data.source[t]) [a, b] = [b, a];
    const [x1, y1] = screen(frame, scene.x[a], scene.y[a]), [x2, y2] = screen(frame, scene.x[b], scene.y[b]);
    const angle = Math.atan2(y2 - y1, x2 - x1), rim = scene.r[b] * scaleOf(camera.k) + 1.5;
    const x = x2 - Math.cos(angle) * rim, y = y2 - Math.sin(angle) * rim;
    context.fillStyle = scene.style[e] & STYLE_CROSS ? palette.cross : palette.tie;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x - Math.cos(angle - 0.42) * size, y - Math.sin(angle - 0.42) * size);
    context.lineTo(x - Math.cos(angle + 0.42) * size, y - Math.sin(angle + 0.42) * size);
    context.fill();
  }
  context.restore();
}

export function shape(context: CanvasRenderingContext2D, form: string, x: number, y: number, r: number): void {
  const corners: Record<string, number> = { hexagon: 6, square: 4, diamond: 4, triangle: 3, star: 5 };
  const sides = corners[form];
  if (!sides) { context.moveTo(x + r, y); context.arc(x, y, r, 0, 7); return; }
  const turn = form === "square" ? Math.PI / 4 : -Math.PI / 2, grow = form === "triangle" ? 1.25 : form === "hexagon" ? 1.08 : 1.15;
  const points = form === "star" ? 10 : sides;
  for (let i = 0; i <= points; i++) {
    const reach = r * grow * (form === "star" && i % 2 ? 0.5 : 1), angle = turn + (i * 2 * Math.PI) / points;
    const px = x + Math.cos(angle) * reach, py = y + Math.sin(angle) * reach;
    if (i) context.lineTo(px, py);
    else context.moveTo(px, py);
  }
}

export function nodes(frame: Frame, which: ArrayLike<number> | null = null): void {
  const { scene, context, data, palette, colours, width, height, camera } = frame;
  const total = which ? which.length : scene.n, scale = scaleOf(camera.k);
  const buckets = new Map<number, number[]>();
  for (let i = 0; i < total; i++) {
    const v = which ? which[i] : i, [x, y] = screen(frame, scene.x[v], scene.y[v]), r = scene.r[v] * scale;
    if (x < -r || y < -r || x > width + r || y > height + r) continue;
    const key = scene.kind[v] * 4 + scene.sure[v], bucket = buckets.get(key);
    if (bucket) bucket.push(v);
    else buckets.set(key, [v]);
  }
  context.save();
  context.lineWidth = 1.25;
  for (const [key, bucket] of buckets) {
    const kind = key >> 2, group = kind === GROUP, open = (key & 3) === 1;
    context.fillStyle = open ? palette.ground : group ? palette.soft : colours[kind];
    context.strokeStyle = open ? colours[kind] : palette.ground;
    for (let from = 0; from < bucket.length; from += 500) {
      context.beginPath();
      for (const v of bucket.slice(from, from + 500)) {
        const [x, y] = screen(frame, scene.x[v], scene.y[v]);
        shape(context, group ? "circle" : data.words.kinds[kind].shape, x, y, scene.r[v] * (group ? Math.min(1, camera.k + 0.35) : scale));
      }
      context.fill();
      context.stroke();
    }
  }
  context.restore();
}

export function regions(frame: Frame): void {
  const { scene, context, palette, camera } = frame;
  context.save();
  context.lineWidth = 1;
  for (const region of scene.regions) {
    const [x, y] = screen(frame, region.x, region.y);
    context.beginPath();
    context.arc(x, y, region.r * camera.k, 0, 7);
    context.fillStyle = palette.region;
    context.strokeStyle = palette.regionLine;
    context.fill();
    context.stroke();
  }
  context.restore();
}

function halo(frame: Frame, text: string, x: number, y: number, font: string, ink: string): void {
  const { context, palette } = frame;
  context.font = font;
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = palette.halo;
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}

function caption(frame: Frame, v: number): [string, string] {
  const { scene, data } = frame, i = scene.ref[v];
  if (scene.kind[v] === GROUP) return [shorten(frame.groups[i], 30), ""];
  return [shorten(data.nodes.label[i], 34), data.nodes.status[i]];
}

/** A label is in the window as a whole or not at all. */
function whole(frame: Frame, left: number, top: number, w: number, h: number): boolean {
  if (!frame.inset) return true;
  const x = frame.width * frame.inset, y = frame.height * frame.inset, right = frame.width - x, bottom = frame.height - y;
  const outside = left > right || left + w < x || top > bottom || top + h < y;
  return outside || (left >= x + 2 && left + w <= right - 2 && top >= y + 2 && top + h <= bottom - 2);
}

/** Labels right, left, below or above their node, where there is room, in this order; gives how many were placed. */
export function labels(frame: Frame, order: ArrayLike<number>, most: number, slots: Slots): number {
  const { scene, context, palette, camera } = frame, scale = scaleOf(camera.k);
  context.save();
  context.textBaseline = "middle";
  let placed = 0;
  for (let i = 0; i < order.length && placed < most; i++) {
    const v = order[i], [x, y] = screen(frame, scene.x[v], scene.y[v]);
    if (x < -20 || y < -20 || x > frame.width + 20 || y > frame.height + 20) continue;
    const [name, status] = caption(frame, v);
    if (!name) continue;
    const w = Math.max(textWidth(context, name, NAME), status ? textWidth(context, status, STATUS) : 0);
    const h = status ? 27 : 15, gap = scene.r[v] * scale + 5;
    const spots = [[x + gap, y - h / 2], [x - gap - w, y - h / 2], [x - w / 2, y + gap], [x - w / 2, y - gap - h]];
    const spot = spots.find(([left, top]) => whole(frame, left, top, w, h) && slots.free(left - 2, top - 1, w + 4, h + 2));
    if (!spot) continue;
    slots.take(spot[0] - 2, spot[1] - 1, w + 4, h + 2);
    placed++;
    halo(frame, name, spot[0], spot[1] + 7.5, NAME, palette.ink);
    if (status) halo(frame, status, spot[0], spot[1] + 20.5, STATUS, palette.soft);
  }
  context.restore();
  return placed;
}

export function regionLabels(frame: Frame, slots: Slots): void {
  const { scene, context, palette, camera } = frame;
  context.save();
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const region of [...scene.regions].sort((a, b) => b.count - a.count)) {
    const [x, y] = screen(frame, region.x, region.y - region.r), reach = region.r * camera.k;
    if (reach < 24) continue;
    const text = shorten(region.label, 40).toLocaleUpperCase(), w = textWidth(context, text, REGION);
    const top = y - 9;
    if (w > reach * 2.6 || !whole(frame, x - w / 2, top - 8, w, 16) || !slots.free(x - w / 2 - 4, top - 8, w + 8, 16)) continue;
    slots.take(x - w / 2 - 4, top - 8, w + 8, 16);
    halo(frame, text, x, top, REGION, palette.soft);
  }
  context.restore();
}

/** Node discs keep labels off them. */
export function block(frame: Frame, slots: Slots, which: ArrayLike<number> | null = null): void {
  const { scene, camera } = frame, total = which ? which.length : scene.n, scale = scaleOf(camera.k);
  for (let i = 0; i < total; i++) {
    const v = which ? which[i] : i, [x, y] = screen(frame, scene.x[v], scene.y[v]), r = scene.r[v] * scale * 0.8;
    if (x > -r && y > -r && x < frame.width + r && y < frame.height + r) slots.take(x - r, y - r, 2 * r, 2 * r);
  }
}

export function ground(frame: Frame): void {
  const { context, palette, width, height, scene } = frame;
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, width, height);
  regions(frame);
  ties(frame);
  if (frame.camera.k > 0.9 && scene.m < 6000) heads(frame, Array.from({ length: scene.m }, (_, e) => e));
  nodes(frame);
}

/** All labels of the picture: the best-tied nodes, the regions, then whatever finds room. */
export function names(frame: Frame, order: Int32Array): void {
  const { width, height, scene } = frame, slots = new Slots(width, height);
  const few = scene.n < 150;
  if (few) block(frame, slots);
  labels(frame, Array.from(order).slice(0, FIRST), FIRST, slots);   // over small nodes if need be: these are looked for
  if (!few && scene.n < 6000) block(frame, slots);
  regionLabels(frame, slots);
  const tied = frame.camera.k > 1.2 ? order : order.filter((v) => scene.r[v] > LOOSE);
  labels(frame, tied.slice(FIRST), Math.round((width * height) / 11000), slots);
}
