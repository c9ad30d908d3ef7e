// Buttons over the network: zoom, fit, lasso, and what to do with a selection.

import type { App } from "./app";
import { button, h } from "./dom";
import type { Network } from "./network";
import { words } from "./words";

export function toolbar(app: App, network: Network): HTMLElement {
  const lasso = button("◌", () => {
    const on = network.canvas.dataset.tool !== "lasso";
    network.canvas.dataset.tool = on ? "lasso" : "";
    lasso.setAttribute("aria-pressed", String(on));
  }, { "aria-label": words.lasso, title: words.lasso, "aria-pressed": "false" });
  const chosen = h("div", { class: "chosen-bar" });
  app.store.subscribe((state, changed) => {
    if (!changed.has("picked")) return;
    chosen.replaceChildren(...(state.picked.length ? [
      h("span", {}, words.picked(state.picked.length)),
      button(words.hide, () => app.store.set({ hidden: [...new Set([...state.hidden, ...state.picked])], picked: [] })),
      button(words.pin, () => app.store.set({ pinned: [...new Set([...state.pinned, ...state.picked])] })),
      button(words.clear, () => app.store.set({ picked: [] })),
    ] : []));
  });
  return h("div", { class: "over-network" }, h("div", { class: "tools" },
    button("+", () => network.zoom(1.4), { "aria-label": words.zoomIn, title: words.zoomIn }),
    button("−", () => network.zoom(1 / 1.4), { "aria-label": words.zoomOut, title: words.zoomOut }),
    button("⤢", () => network.fit(), { "aria-label": words.fit, title: words.fit }), lasso), chosen);
}
