// Mouse, touch and keys of the network. Each gesture has a key or a button that does the same.

import { name, tieText, type App } from "./app";
import { other, tiesOf } from "./data";
import type { Camera } from "./paint";
import { layoutOf, positionOf, type Finder, type Scene } from "./scene";
import { toggled } from "./state";
import { words } from "./words";
import * as actions from "./actions";

const CLICK = 5;   // px of movement that still is a click

/** What a gesture needs of the picture that it moves. */
export interface Surface {
  readonly app: App; readonly canvas: HTMLCanvasElement; readonly camera: Camera; readonly scene: Scene; readonly finder: Finder;
  readonly width: number; readonly height: number;
  hover: number; cursor: number; lasso: [number, number][];
  draw(): void; fit(): void; moving(): void;
  isGroup(at: number): boolean; place(node: number): number;
  world(x: number, y: number): [number, number]; zoom(factor: number, x?: number, y?: number): void;
}

export class Gestures {
  private points = new Map<number, [number, number]>();
  private begun: [number, number] = [0, 0];
  private dragged = -1;
  private moved = false;
  private pinch = 0;
  private step = -1;

  constructor(private readonly net: Surface) {
    const { canvas } = net;
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    canvas.addEventListener("pointerup", (event) => this.up(event));
    canvas.addEventListener("pointercancel", (event) => this.up(event));
    canvas.addEventListener("pointerleave", () => this.hover(-1));
    canvas.addEventListener("dblclick", (event) => this.double(event));
    canvas.addEventListener("wheel", (event) => {
      event.preventDefault();
      net.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), event.offsetX, event.offsetY);
    }, { passive: false });
    canvas.addEventListener("keydown", (event) => this.key(event));
  }

  private find(x: number, y: number): number {
    const [wx, wy] = this.net.world(x, y);
    return this.net.finder.near(wx, wy, 9 / this.net.camera.k);
  }

  private hover(at: number): void {
    if (at === this.net.hover) return;
    this.net.hover = at;
    this.net.canvas.classList.toggle("pointing", at >= 0);
    this.net.draw();
  }

  private down(event: PointerEvent): void {
    this.net.canvas.setPointerCapture(event.pointerId);
    this.points.set(event.pointerId, [event.offsetX, event.offsetY]);
    this.begun = [event.offsetX, event.offsetY];
    this.moved = false;
    this.pinch = 0;
    const at = this.find(event.offsetX, event.offsetY);
    if (event.shiftKey || this.net.canvas.dataset.tool === "lasso") this.net.lasso = [this.begun];
    else this.dragged = at >= 0 && !this.net.isGroup(at) ? this.net.scene.ref[at] : -1;
  }

  private move(event: PointerEvent): void {
    const before = this.points.get(event.pointerId);
    if (!before) { this.hover(this.find(event.offsetX, event.offsetY)); return; }
    const now: [number, number] = [event.offsetX, event.offsetY];
    if (Math.hypot(now[0] - this.begun[0], now[1] - this.begun[1]) > CLICK) this.moved = true;
    this.points.set(event.pointerId, now);
    if (this.points.size === 2) { this.pinched(); return; }
    if (!this.moved) return;
    if (this.net.lasso.length) { this.net.lasso.push(now); this.net.draw(); return; }
    if (this.dragged >= 0) {
      actions.moveNode(this.net.app, this.dragged, this.net.world(...now));
      return;
    }
    this.net.camera.x -= (now[0] - before[0]) / this.net.camera.k;
    this.net.camera.y -= (now[1] - before[1]) / this.net.camera.k;
    this.net.moving();
  }

  private pinched(): void {
    const [[ax, ay], [bx, by]] = [...this.points.values()], gap = Math.hypot(ax - bx, ay - by);
    if (this.pinch) this.net.zoom(gap / this.pinch, (ax + bx) / 2, (ay + by) / 2);
    this.pinch = gap;
    this.moved = true;
  }

  private up(event: PointerEvent): void {
    this.points.delete(event.pointerId);
    const drawn = this.net.lasso;
    this.net.lasso = [];
    this.dragged = -1;
    if (drawn.length > 2 && this.moved) { this.catch(drawn); return; }
    if (!this.moved && event.type === "pointerup") this.click(event);
    this.net.draw();
  }

  private catch(shape: [number, number][]): void {
    const { scene } = this.net, caught: number[] = [];
    const inside = (x: number, y: number): boolean => shape.reduce((odd, [x1, y1], i) => {
      const [x2, y2] = shape[(i + 1) % shape.length];
      return (y1 > y) !== (y2 > y) && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1 ? !odd : odd;
    }, false);
    for (let v = 0; v < scene.n; v++) {
      if (this.net.isGroup(v)) continue;
      const x = (scene.x[v] - this.net.camera.x) * this.net.camera.k + this.net.width / 2;
      const y = (scene.y[v] - this.net.camera.y) * this.net.camera.k + this.net.height / 2;
      if (inside(x, y)) caught.push(scene.ref[v]);
    }
    this.net.app.store.set({ picked: caught });
    this.net.app.say(words.picked(caught.length));
  }

  private click(event: PointerEvent): void {
    const at = this.find(event.offsetX, event.offsetY), { store } = this.net.app;
    if (at < 0) { store.set({ selected: -1, tie: -1, path: [], pathFrom: -1, picked: [] }); return; }
    if (this.net.isGroup(at)) { actions.toggleGroup(this.net.app, this.net.scene.ref[at]); return; }
    const node = this.net.scene.ref[at];
    if (event.ctrlKey || event.metaKey) store.set({ picked: toggled(store.state.picked, node) });
    else actions.choose(this.net.app, node);
  }

  private double(event: MouseEvent): void {
    const at = this.find(event.offsetX, event.offsetY);
    if (at >= 0 && !this.net.isGroup(at)) actions.neighbourhood(this.net.app, this.net.scene.ref[at]);
  }

  private pan(key: string): void {
    const step = 80 / this.net.camera.k;
    this.net.camera.x += key === "ArrowLeft" ? -step : key === "ArrowRight" ? step : 0;
    this.net.camera.y += key === "ArrowUp" ? -step : key === "ArrowDown" ? step : 0;
    this.net.moving();
  }

  /** Stand on the next tie of the chosen node; with nothing chosen, choose the best-tied node. */
  private walk(direction: number): void {
    const { app, scene } = this.net, { selected } = app.store.state;
    if (selected < 0 || this.net.place(selected) < 0) {
      for (let v = 0, best = -1; v < scene.n; v++) {
        if (!this.net.isGroup(v) && (best < 0 || scene.r[v] > scene.r[best])) best = v;
        if (v === scene.n - 1 && best >= 0) actions.choose(app, scene.ref[best]);
      }
      this.step = -1;
      return;
    }
    const list = [...tiesOf(app.data, selected)].filter((t) => app.masks.ties[t] && this.net.place(other(app.data, t, selected)) >= 0);
    if (!list.length) { app.say(words.noPath); return; }
    this.step = this.net.cursor < 0 ? (direction > 0 ? 0 : list.length - 1) : (this.step + direction + list.length) % list.length;
    const t = list[this.step];
    this.net.cursor = scene.tie.indexOf(t);
    app.say(`${tieText(app.data, t, selected)}: ${name(app.data, other(app.data, t, selected))}. ${this.step + 1} / ${list.length}`);
    this.net.draw();
  }

  private enter(): void {
    const { app, scene, cursor } = this.net, { selected } = app.store.state;
    if (cursor < 0) return;
    const next = scene.ref[scene.a[cursor]] === selected ? scene.b[cursor] : scene.a[cursor];
    if (this.net.isGroup(next)) actions.toggleGroup(app, scene.ref[next]);
    else actions.choose(app, scene.ref[next]);
  }

  private nudge(key: string): void {
    const { app } = this.net, { selected } = app.store.state;
    if (selected < 0) return;
    const [x, y] = positionOf(app.data, app.store.state, selected), step = 12 / this.net.camera.k;
    const dx = key === "ArrowLeft" ? -step : key === "ArrowRight" ? step : 0, dy = key === "ArrowUp" ? -step : key === "ArrowDown" ? step : 0;
    actions.moveNode(app, selected, [x + dx, y + dy]);
  }

  private arrow(event: KeyboardEvent): void {
    if (event.shiftKey) this.pan(event.key);
    else if (event.altKey) this.nudge(event.key);
    else if (event.key === "ArrowRight" || event.key === "ArrowDown") this.walk(1);
    else this.walk(-1);
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey) return;
    const { app } = this.net, { selected } = app.store.state;
    const keys: Record<string, () => void> = {
      "+": () => this.net.zoom(1.3), "=": () => this.net.zoom(1.3), "-": () => this.net.zoom(1 / 1.3), "0": () => this.net.fit(),
      Enter: () => this.enter(),
      f: () => actions.neighbourhood(app, selected), p: () => actions.path(app, selected), n: () => actions.pin(app, selected),
      h: () => actions.hide(app, selected), s: () => app.store.set({ picked: toggled(app.store.state.picked, selected) }),
      g: () => actions.toggleGroup(app, layoutOf(app.data, app.store.state).group[selected]),
    };
    if (event.key.startsWith("Arrow")) this.arrow(event);
    else if (keys[event.key] && (selected >= 0 || !/^[fpnhsg]$/.test(event.key))) keys[event.key]();
    else return;
    event.preventDefault();
  }
}
