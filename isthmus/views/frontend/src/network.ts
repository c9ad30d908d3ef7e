// The network on a canvas. While the view moves the last full picture is stretched; at rest it is drawn in full.

import type { App, ViewPart } from "./app";
import { h } from "./dom";
import { Gestures } from "./gestures";
import { block, FONT, ground, heads, labels, names, nodes, screen, shape, ties, scaleOf, type Camera, type Frame } from "./paint";
import { Slots, shorten, textWidth } from "./labels";
import { Finder, GROUP, layoutOf, scene as build, type Scene } from "./scene";
import { kindColours, palette, still } from "./theme";
import { tieText } from "./app";
import { words } from "./words";

const MARGIN = 0.2;       // of the picture kept beyond each edge, so that a short pan shows no gap
const REST = 150;         // ms without movement, then the full picture
const CHEAP = 9;          // ms: a picture this quick is drawn anew in every frame
const DEAR = 40;          // ms: a picture this slow is drawn in the rough while the period is being moved

export class Network implements ViewPart {
  readonly element: HTMLElement;
  readonly canvas = h("canvas", { tabindex: 0, role: "application", "aria-label": words.network, "aria-describedby": "network-help" });
  readonly camera: Camera = { x: 0, y: 0, k: 1 };
  scene!: Scene;
  private found: Finder | null = null;
  hover = -1;
  cursor = -1;                                  // tie that the arrow keys stand on
  lasso: [number, number][] = [];
  private readonly picture = document.createElement("canvas");
  private readonly names = document.createElement("canvas");   // labels apart: they step back when something is chosen
  private taken: Camera = { x: 0, y: 0, k: 1 };
  private cost = 0;
  private beyond = MARGIN;
  private timer = 0;
  private queued = false;
  private stale = true;
  private fitted = false;
  private order: Int32Array = new Int32Array(0);
  private glide = 0;
  private rough = false;

  constructor(readonly app: App) {
    this.element = h("div", { class: "network" }, this.canvas);
    new Gestures(this);
    new ResizeObserver(() => this.resize()).observe(this.element);
  }

  update(changed: Set<string> | null): void {
    const light = changed && [...changed].every((key) => ["selected", "tie", "picked", "path", "pathFrom", "tieLabels", "notes", "pinned", "view"].includes(key));
    if (!light || !this.scene) {
      this.scene = build(this.app.data, this.app.store.state, this.app.masks);
      this.found = null;
      this.order = Int32Array.from({ length: this.scene.n }, (_, i) => i).sort((p, q) => this.scene.r[q] - this.scene.r[p]);
      this.hover = -1;
      this.stale = true;
    }
    this.rough = this.cost > DEAR && changed !== null && [...changed].every((key) => key === "from" || key === "to");
    if (this.rough) this.restLater();
    if (changed?.has("grouping") || changed?.has("collapsed") || changed?.has("focus")) this.fit();
    if (changed?.has("selected")) { this.cursor = -1; this.reveal(); }
    this.draw();
  }

  get finder(): Finder { return (this.found ??= new Finder(this.scene)); }

  repaint(): void { this.stale = true; this.draw(); }

  private resize(): void {
    const ratio = devicePixelRatio || 1, { clientWidth: w, clientHeight: h } = this.element;
    if (!w || !h) return;
    this.canvas.width = Math.round(w * ratio);
    this.canvas.height = Math.round(h * ratio);
    this.stale = true;
    if (this.scene && !this.fitted) this.fit();
    this.draw();
  }

  get width(): number { return this.element.clientWidth; }
  get height(): number { return this.element.clientHeight; }

  fit(): void {
    if (!this.scene || !this.width) return;
    const [left, top, right, bottom] = this.scene.bounds, pad = Math.min(44, this.width / 24), tools = 36;   // the buttons stand in the lower edge
    this.camera.k = Math.min(3, (this.width - 2 * pad) / Math.max(1, right - left), (this.height - 2 * pad - tools) / Math.max(1, bottom - top));
    this.camera.k = Math.max(this.camera.k, 0.005);
    this.camera.x = (left + right) / 2;
    this.camera.y = (top + bottom) / 2 + tools / 2 / this.camera.k;
    this.fitted = true;
    this.stale = true;
    this.draw();
  }

  /** Bring the chosen node into the picture if it lies outside. */
  private reveal(): void {
    const at = this.place(this.app.store.state.selected);
    if (at < 0 || !this.width) return;
    const [x, y] = screen(this.frame(this.canvas), this.scene.x[at], this.scene.y[at]);
    if (x > 40 && y > 40 && x < this.width - 40 && y < this.height - 40) return;
    this.moveTo(this.scene.x[at], this.scene.y[at]);
  }

  private moveTo(x: number, y: number): void {
    cancelAnimationFrame(this.glide);
    const start = { ...this.camera }, begun = performance.now(), length = still() ? 0 : 240;
    const step = (): void => {
      const part = length ? Math.min(1, (performance.now() - begun) / length) : 1, ease = part * (2 - part);
      this.camera.x = start.x + (x - start.x) * ease;
      this.camera.y = start.y + (y - start.y) * ease;
      this.moving();
      if (part < 1) this.glide = requestAnimationFrame(step);
    };
    step();
  }

  place(node: number): number { return node >= 0 && this.scene ? this.scene.at[node] : -1; }

  /** The camera moved: show something at once, the full picture when it rests. */
  moving(): void {
    this.restLater();
    if (this.cost < CHEAP) this.stale = true;
    this.draw();
  }

  private restLater(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { this.stale = true; this.rough = false; this.draw(); }, REST);
  }

  draw(): void {
    if (this.queued) return;
    this.queued = true;
    requestAnimationFrame(() => { this.queued = false; this.render(); });
  }

  private frame(canvas: HTMLCanvasElement, camera = this.camera, width = this.width, height = this.height): Frame {
    return {
      context: canvas.getContext("2d") as CanvasRenderingContext2D, width, height, camera, scene: this.scene,
      data: this.app.data, palette: palette(), colours: kindColours(this.app.data),
      groups: layoutOf(this.app.data, this.app.store.state).groups, inset: 0,
    };
  }

  private paintFull(): void {
    const begun = performance.now(), ratio = devicePixelRatio || 1, beyond = this.rough ? 0 : MARGIN;
    const w = this.width * (1 + 2 * beyond), h = this.height * (1 + 2 * beyond);
    this.beyond = beyond;
    for (const canvas of [this.picture, this.names]) {
      canvas.width = Math.round(w * ratio);
      canvas.height = Math.round(h * ratio);
      const frame = { ...this.frame(canvas, { ...this.camera }, w, h), inset: beyond / (1 + 2 * beyond) };
      frame.context.setTransform(ratio, 0, 0, ratio, 0, 0);
      if (canvas === this.picture) ground(frame);
      else if (!this.rough) names(frame, this.order);
    }
    this.taken = { ...this.camera };
    this.stale = false;
    if (!this.rough) this.cost = performance.now() - begun;
  }

  private render(): void {
    if (!this.scene || !this.width) return;
    if (this.stale) this.paintFull();
    const context = this.canvas.getContext("2d") as CanvasRenderingContext2D, ratio = devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = palette().ground;
    context.fillRect(0, 0, this.width, this.height);
    const zoom = this.camera.k / this.taken.k;
    const w = this.width * (1 + 2 * this.beyond) * zoom, h = this.height * (1 + 2 * this.beyond) * zoom;
    const x = this.width / 2 + (this.taken.x - this.camera.x) * this.camera.k, y = this.height / 2 + (this.taken.y - this.camera.y) * this.camera.k;
    context.drawImage(this.picture, x - w / 2, y - h / 2, w, h);
    if (!this.chosen) context.drawImage(this.names, x - w / 2, y - h / 2, w, h);
    this.overlay(this.frame(this.canvas));
    this.canvas.dataset.drawn = String(Number(this.canvas.dataset.drawn ?? 0) + 1);
  }

  private get chosen(): boolean {
    const { state } = this.app.store;
    return state.selected >= 0 || state.tie >= 0 || state.path.length > 0;
  }

  private marked(): { ties: number[]; nodes: number[] } {
    const { state } = this.app.store, { scene } = this, nodesMarked = new Set<number>(), tiesMarked: number[] = [];
    const centre = this.place(state.selected), path = new Set(state.path.map((i) => this.place(i)));
    const inPath = (e: number): boolean => path.has(scene.a[e]) && path.has(scene.b[e]);
    for (let e = 0; e < scene.m; e++) {
      const hit = state.path.length ? inPath(e) : centre >= 0 ? scene.a[e] === centre || scene.b[e] === centre
        : state.tie >= 0 ? scene.tie[e] === state.tie : this.hover >= 0 && (scene.a[e] === this.hover || scene.b[e] === this.hover);
      if (!hit) continue;
      tiesMarked.push(e);
      nodesMarked.add(scene.a[e]).add(scene.b[e]);
    }
    for (const node of [centre, this.hover, ...path, ...state.picked.map((i) => this.place(i))]) if (node >= 0) nodesMarked.add(node);
    return { ties: tiesMarked, nodes: [...nodesMarked] };
  }

  private overlay(frame: Frame): void {
    const { state } = this.app.store, { chosen } = this;
    const marked = chosen || this.hover >= 0 || state.picked.length ? this.marked() : { ties: [], nodes: [] };
    if (marked.nodes.length && (chosen || this.hover >= 0)) {
      frame.context.globalAlpha = chosen ? 0.8 : 0.6;
      frame.context.fillStyle = frame.palette.ground;
      frame.context.fillRect(0, 0, frame.width, frame.height);
      frame.context.globalAlpha = 1;
    }
    ties(frame, marked.ties);
    heads(frame, marked.ties);
    nodes(frame, marked.nodes);
    this.rings(frame);
    const slots = new Slots(frame.width, frame.height), first = [this.place(state.selected), this.hover].filter((v) => v >= 0);
    block(frame, slots, marked.nodes);
    for (const v of first) if (!labels(frame, [v], 1, slots)) labels(frame, [v], 1, new Slots(frame.width, frame.height));
    labels(frame, [...marked.nodes.sort((p, q) => this.scene.r[q] - this.scene.r[p]).filter((v) => !first.includes(v))], 60, slots);
    if (state.tieLabels || this.cursor >= 0) this.tieNames(frame, state.tieLabels ? marked.ties : [], slots);
    this.drawLasso(frame);
  }

  private rings(frame: Frame): void {
    const { context } = frame, { state } = this.app.store, scale = scaleOf(this.camera.k);
    const ring = (node: number, width: number, dash: number[]): void => {
      if (node < 0) return;
      const [x, y] = screen(frame, this.scene.x[node], this.scene.y[node]);
      context.beginPath();
      shape(context, "circle", x, y, this.scene.r[node] * scale + 4);
      context.strokeStyle = frame.palette.pick;
      context.lineWidth = width;
      context.setLineDash(dash);
      context.stroke();
      context.setLineDash([]);
    };
    ring(this.place(state.selected), 2.5, []);
    for (const i of state.picked) ring(this.place(i), 2, []);
    for (const i of state.pinned) ring(this.place(i), 1, [2, 2]);
    if (this.cursor >= 0) ring(this.scene.a[this.cursor] === this.place(state.selected) ? this.scene.b[this.cursor] : this.scene.a[this.cursor], 2, [4, 3]);
  }

  private tieNames(frame: Frame, which: number[], slots: Slots): void {
    const { context } = frame, font = `10.5px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const e of this.cursor >= 0 ? [this.cursor, ...which] : which) {
      const t = this.scene.tie[e];
      if (t < 0) continue;
      const text = shorten(tieText(this.app.data, t), 30), w = textWidth(context, text, font);
      const [x1, y1] = screen(frame, this.scene.x[this.scene.a[e]], this.scene.y[this.scene.a[e]]);
      const [x2, y2] = screen(frame, this.scene.x[this.scene.b[e]], this.scene.y[this.scene.b[e]]);
      const x = (x1 + x2) / 2, y = (y1 + y2) / 2;
      if (!slots.free(x - w / 2 - 2, y - 8, w + 4, 16)) continue;
      slots.take(x - w / 2 - 2, y - 8, w + 4, 16);
      context.font = font;
      context.lineWidth = 3;
      context.strokeStyle = frame.palette.halo;
      context.strokeText(text, x, y);
      context.fillStyle = frame.palette.soft;
      context.fillText(text, x, y);
    }
    context.textAlign = "start";
  }

  private drawLasso(frame: Frame): void {
    if (this.lasso.length < 2) return;
    const { context } = frame;
    context.beginPath();
    this.lasso.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.strokeStyle = frame.palette.pick;
    context.lineWidth = 1.5;
    context.stroke();
  }

  /** World point under a point of the canvas. */
  world(x: number, y: number): [number, number] {
    return [(x - this.width / 2) / this.camera.k + this.camera.x, (y - this.height / 2) / this.camera.k + this.camera.y];
  }

  zoom(factor: number, x = this.width / 2, y = this.height / 2): void {
    const [wx, wy] = this.world(x, y);
    this.camera.k = Math.min(12, Math.max(0.004, this.camera.k * factor));
    this.camera.x = wx - (x - this.width / 2) / this.camera.k;
    this.camera.y = wy - (y - this.height / 2) / this.camera.k;
    this.moving();
  }

  isGroup(at: number): boolean { return this.scene.kind[at] === GROUP; }

  /** The picture as it is now, on a canvas of its own. */
  snapshot(factor = 2): HTMLCanvasElement {
    const out = document.createElement("canvas");
    out.width = this.width * factor;
    out.height = this.height * factor;
    const frame = this.frame(out);
    frame.context.setTransform(factor, 0, 0, factor, 0, 0);
    ground(frame);
    if (!this.chosen) names(frame, this.order);
    this.overlay(frame);
    return out;
  }
}
