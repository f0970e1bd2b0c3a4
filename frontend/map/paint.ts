/** What lies above the ground, as the map takes it: marks as points, classes as states, layers by what is switched on. */
import type { ExpressionSpecification } from "maplibre-gl";
import type { Drawn, Mark } from "./parts.ts";

export const LAYERS: Record<string, string[]> = {
  cases: ["heap", "heap-alarm", "heap-label", "spot"],
  buildings: ["building", "building-point", "building-name"],
  ground: ["water", "green", "lane", "road-casing", "road"],
  names: ["grid-name", "area-name", "town-name", "ground-name", "building-name", "micro-name"],
  micro: ["micro-line", "micro-name"],
};

function pointOf(mark: Mark, chosen: string): GeoJSON.Feature {
  const { id, kind, label, offset } = mark;
  const properties = { id, kind, label, heap: mark.is_heap, offset, ems: offset.map((part) => part / 12), chosen: id === chosen };
  return { type: "Feature", geometry: { type: "Point", coordinates: [mark.lon, mark.lat] }, properties };
}

export function marksOf(drawn: Drawn, chosen: string): GeoJSON.FeatureCollection {
  return { type: "FeatureCollection", features: drawn.marks.map((mark) => pointOf(mark, chosen)) };
}

/** Whether a layer is seen: switched on, and on with each of the groups it belongs to. */
export function isSeen(layer: string, off: string[]): boolean {
  return !Object.entries(LAYERS).some(([group, layers]) => layers.includes(layer) && off.includes(group));
}

/** The areas a pattern lies on. */
export function among(ids: number[]): ExpressionSpecification {
  return ["all", ["has", "level"], ["in", ["id"], ["literal", ids]]];
}

/** The areas of the level that is shaded; none where nothing is. */
export function ofLevel(theme: string, level: string): ExpressionSpecification {
  return ["==", ["get", "level"], theme ? level : "none"];
}
