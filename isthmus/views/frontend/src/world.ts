// The ground of the map: countries as shapes, their anchors, and whose a disputed area is drawn as.

import { geoArea, geoCentroid } from "d3-geo";
import { feature } from "topojson-client";
import type { Topology, GeometryCollection } from "topojson-specification";
import type { Feature, MultiPolygon, Polygon, Position } from "geojson";

export interface Land { code: string; name: string; shape: Feature<MultiPolygon>; anchor: [number, number]; disputed: string }

export interface Dispute { key: string; choices: string[] }   // codes; the first is how the page opens, "?" is hatched

export const DISPUTES: Dispute[] = [
  { key: "crimea", choices: ["?", "RU", "UA"] }, { key: "sahara", choices: ["?", "EH", "MA"] },
  { key: "golan", choices: ["?", "IL", "SY"] }, { key: "kosovo", choices: ["XK", "RS", "?"] },
];

// Natural Earth's 50m countries hold no outline of the Golan; this one is ours, for scales like the page's.
const GOLAN: Position[] = [[35.62, 33.25], [35.82, 33.33], [35.93, 33.1], [35.87, 32.72], [35.66, 32.68], [35.64, 32.98], [35.62, 33.25]];

const ANCHORS: Record<string, [number, number]> = { FR: [2.6, 46.6], NO: [9, 61], RU: [40, 56], ES: [-3.7, 40.2], NL: [5.6, 52.3] };

function inCrimea(ring: Position[]): boolean {
  const [x, y] = geoCentroid({ type: "Polygon", coordinates: [ring] } as Polygon);
  return x > 32.4 && x < 36.8 && y > 44.2 && y < 46.4;
}

function largest(shape: Feature<MultiPolygon>): [number, number] {
  let best: [number, number] = [0, 0], most = -1;
  for (const coordinates of shape.geometry.coordinates) {
    const part: Polygon = { type: "Polygon", coordinates }, area = geoArea(part);
    if (area > most) { most = area; best = geoCentroid(part) as [number, number]; }
  }
  return best;
}

/** Rings that clipping left inside out, or without an area, would cover the globe. */
function sound(coordinates: Position[][][]): Position[][][] {
  return coordinates.map((rings) => (geoArea({ type: "Polygon", coordinates: rings } as Polygon) > 2 * Math.PI ? rings.map((ring) => [...ring].reverse()) : rings))
    .filter((rings) => { const area = geoArea({ type: "Polygon", coordinates: rings } as Polygon); return area > 1e-7 && area < 2 * Math.PI; });
}

function land(code: string, name: string, coordinates: Position[][][], disputed = ""): Land {
  const shape: Feature<MultiPolygon> = { type: "Feature", properties: {}, geometry: { type: "MultiPolygon", coordinates: sound(coordinates) } };
  return { code, name, shape, anchor: ANCHORS[code] ?? largest(shape), disputed };
}

export function lands(world: unknown): Land[] {
  const topology = world as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const out: Land[] = [];
  for (const country of feature(topology, topology.objects.countries).features) {
    const code = String(country.id), { coordinates } = country.geometry as MultiPolygon, { name } = country.properties;
    if (code === "GL") continue;
    if (code === "RU") {
      out.push(land("RU", name, coordinates.filter(([ring]) => !inCrimea(ring))));
      out.push(land("RU", "Crimea", coordinates.filter(([ring]) => inCrimea(ring)), "crimea"));
    } else if (code === "EH") out.push(land(code, name, coordinates, "sahara"));
    else if (code === "XK") out.push(land(code, name, coordinates, "kosovo"));
    else out.push(land(code, name, coordinates));
  }
  out.push(land("IL", "Golan", [[GOLAN]], "golan"));
  return out.filter((one) => one.shape.geometry.coordinates.length);
}

/** Code under which a land is coloured: its own, or what the reader chose for a disputed area; "?" is hatched. */
export function drawnAs(one: Land, chosen: Record<string, string>): string {
  if (!one.disputed) return one.code;
  return chosen[one.disputed] ?? DISPUTES.find((dispute) => dispute.key === one.disputed)?.choices[0] ?? one.code;
}
