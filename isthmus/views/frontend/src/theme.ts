// Colours for canvas and SVG. The page's own are in page.css; both follow one attribute on the root element.

import type { Model } from "./data";

export type Theme = "light" | "dark";

export interface Palette {
  ground: string; region: string; regionLine: string; tie: string; cross: string; ink: string; soft: string; halo: string;
  pick: string; land: string; landLine: string; sea: string; ramp: string[]; none: string;
}

const LIGHT: Palette = {
  ground: "#fbfaf7", region: "#f1efe9", regionLine: "#e3dfd5", tie: "#8d9096", cross: "#b8480a", ink: "#1d2126", soft: "#575d66",
  halo: "#fbfaf7", pick: "#0b5fff", land: "#efece4", landLine: "#cfcabd", sea: "#fbfaf7",
  ramp: ["#d9ebe7", "#b0d6ce", "#7fbdb1", "#4a9e90", "#1c7c6d"], none: "#efece4",
};
const DARK: Palette = {
  ground: "#14171b", region: "#1a1e24", regionLine: "#272d35", tie: "#6f7782", cross: "#ff9a4d", ink: "#e9ebee", soft: "#a5adb8",
  halo: "#14171b", pick: "#8ab4ff", land: "#22272e", landLine: "#3a414b", sea: "#14171b",
  ramp: ["#20373a", "#234a49", "#296058", "#34786d", "#449284"], none: "#22272e",
};

export function theme(): Theme {
  const set = document.documentElement.dataset.theme;
  if (set === "light" || set === "dark") return set;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function palette(): Palette {
  return theme() === "dark" ? DARK : LIGHT;
}

export function kindColours(data: Model): string[] {
  const mode = theme();
  return data.words.kinds.map((kind) => kind[mode]);
}

export function layerColour(data: Model, layer: number): string {
  return data.words.layers[layer][theme()];
}

export function still(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
