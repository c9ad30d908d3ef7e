// The map of Europe, the Middle East and North Africa, cut from Natural Earth's 50m countries.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature } from "topojson-client";
import { topology } from "topojson-server";

const WEST = -25, SOUTH = 5, EAST = 70, NORTH = 72;
const require = createRequire(import.meta.url);

// Sutherland-Hodgman against one side of the window.
function clipSide(ring, inside, cross) {
  const out = [];
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i], b = ring[(i + 1) % ring.length];
    if (inside(a)) out.push(a);
    if (inside(a) !== inside(b)) out.push(cross(a, b));
  }
  return out;
}

const atX = (x) => (a, b) => [x, a[1] + ((b[1] - a[1]) * (x - a[0])) / (b[0] - a[0])];
const atY = (y) => (a, b) => [a[0] + ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]), y];

function clipRing(closed) {
  let ring = closed.slice(0, -1);
  ring = clipSide(ring, (p) => p[0] >= WEST, atX(WEST));
  ring = clipSide(ring, (p) => p[0] <= EAST, atX(EAST));
  ring = clipSide(ring, (p) => p[1] >= SOUTH, atY(SOUTH));
  ring = clipSide(ring, (p) => p[1] <= NORTH, atY(NORTH));
  return ring.length < 3 ? null : [...ring, ring[0]];
}

function clipped(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const kept = [];
  for (const rings of polygons) {
    const outer = clipRing(rings[0]);
    if (outer) kept.push([outer, ...rings.slice(1).map(clipRing).filter(Boolean)]);
  }
  return kept.length ? { type: "MultiPolygon", coordinates: kept } : null;
}

/** Topology with one object `countries`; ids are ISO 3166 numbers, or the name where Natural Earth has none. */
export function world() {
  const atlas = JSON.parse(readFileSync(require.resolve("world-atlas/countries-50m.json"), "utf8"));
  const features = [];
  for (const country of feature(atlas, atlas.objects.countries).features) {
    const geometry = clipped(country.geometry);
    if (!geometry) continue;
    features.push({ type: "Feature", id: country.id ?? country.properties.name, properties: { name: country.properties.name }, geometry });
  }
  return topology({ countries: { type: "FeatureCollection", features } }, 20000);
}
