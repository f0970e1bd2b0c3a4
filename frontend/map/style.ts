/** The base of our own: land, water, roads, areas by line, grids by tint or class, buildings, and the cases above. */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";

export const EMPTY: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
export const SOURCES = ["ground", "names", "buildings", "marks"] as const;
export type Source = (typeof SOURCES)[number];
export const BUILDINGS_FROM = 14;
export const MICRO_FROM = 16;

const FONT = ["Noto Sans Regular"]; // a name only: the browser draws the letters with its own Chinese font
export const TINTS = ["#dde8f5", "#fbe7cb", "#d9efe4", "#eae3f3", "#f6dfd9"]; // neighbours differ; the tints mean nothing
export const STEPS = ["#f6f1e3", "#f2dcae", "#dfa95f", "#b0602c", "#6e2f16"];
const MICRO = "#33415c"; // told from the grids by its dashes, not by its colour
const CLEAR = "rgba(0,0,0,0)";
const LINES: ExpressionSpecification = ["match", ["get", "level"], ["city", "county"], 3, "town", 1.6, 1];

function oneOf(value: ExpressionSpecification, colours: string[], otherwise: string): ExpressionSpecification {
  return ["match", value, ...colours.flatMap((colour, at) => [at, colour]), otherwise] as unknown as ExpressionSpecification;
}

function isKind(...kinds: string[]): ExpressionSpecification {
  return ["in", ["get", "kind"], ["literal", kinds]];
}

function isChosen(yes: string | number, no: string | number): ExpressionSpecification {
  return ["case", ["boolean", ["feature-state", "chosen"], false], yes, no];
}

function byZoom(...stops: [number, number][]): ExpressionSpecification {
  return ["interpolate", ["linear"], ["zoom"], ...stops.flat()] as unknown as ExpressionSpecification;
}

const HEAP: ExpressionSpecification = ["==", ["get", "heap"], true];
const ON_TOP = { "icon-allow-overlap": true, "icon-ignore-placement": true, "text-allow-overlap": true, "text-ignore-placement": true };
const NAME = { "text-field": ["get", "name"] as ExpressionSpecification, "text-font": FONT };

function nameOf(id: string, filter: ExpressionSpecification, size: number, colour: string, zooms: { minzoom?: number; maxzoom?: number }): LayerSpecification {
  const layout = { ...NAME, "text-size": size, "text-padding": 4, "text-anchor": "top" as const, "text-offset": [0, 1.1] as [number, number] }; // a circle stands above
  return { id, type: "symbol", source: "names", filter, ...zooms, layout, paint: { "text-color": colour, "text-halo-color": "#ffffff", "text-halo-width": 1.5 } };
}

const areas: LayerSpecification[] = [
  { id: "land", type: "background", paint: { "background-color": "#e9eae5" } },
  { id: "area-fill", type: "fill", source: "ground", filter: ["in", ["get", "level"], ["literal", ["town", "community"]]], paint: { "fill-color": "#f3f1eb", "fill-antialias": false } },
  { id: "grid-fill", type: "fill", source: "ground", filter: isKind("grid"), paint: { "fill-color": oneOf(["get", "tint"], TINTS, CLEAR), "fill-opacity": 0.75 } },
  { id: "shade", type: "fill", source: "ground", filter: ["==", ["get", "level"], "none"], paint: { "fill-color": oneOf(["coalesce", ["feature-state", "step"], -1], STEPS, "#fdfcf8") } },
  { id: "hidden", type: "fill", source: "ground", filter: ["==", ["get", "level"], "none"], paint: { "fill-pattern": "hidden" } },
  { id: "beyond", type: "fill", source: "ground", filter: ["==", ["get", "level"], "none"], paint: { "fill-pattern": "beyond" } },
];

const ground: LayerSpecification[] = [
  { id: "water", type: "fill", source: "ground", filter: isKind("water"), paint: { "fill-color": "#cfe0ea" } },
  { id: "green", type: "fill", source: "ground", filter: isKind("green", "place"), paint: { "fill-color": ["match", ["get", "kind"], "green", "#dcebd8", "#e8e3d6"] } },
  { id: "lane", type: "line", source: "ground", filter: isKind("lane"), paint: { "line-color": "#ffffff", "line-width": byZoom([13, 0.8], [17, 5]) } },
  { id: "road-casing", type: "line", source: "ground", filter: isKind("road"), paint: { "line-color": "#dcd8ce", "line-width": byZoom([10, 1.4], [17, 13]) } },
  { id: "road", type: "line", source: "ground", filter: isKind("road"), paint: { "line-color": "#ffffff", "line-width": byZoom([10, 0.8], [17, 10]) } },
  { id: "building", type: "fill", source: "buildings", minzoom: BUILDINGS_FROM, paint: { "fill-color": isChosen("#1d5aa8", "#d8d3c7"), "fill-outline-color": "#a9a294" } },
  { id: "building-point", type: "circle", source: "buildings", minzoom: BUILDINGS_FROM, filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 4, "circle-color": isChosen("#1d5aa8", "#a9a294") } },
];

const borders: LayerSpecification[] = [
  { id: "grid-line", type: "line", source: "ground", filter: isKind("grid"), paint: { "line-color": "#1d5aa8", "line-width": isChosen(5, 1.4) } },
  { id: "micro-line", type: "line", source: "ground", minzoom: MICRO_FROM, filter: isKind("micro-line"), paint: { "line-color": MICRO, "line-width": 1, "line-dasharray": [4, 3] } },
  { id: "beyond-line", type: "line", source: "ground", filter: ["==", ["get", "level"], "none"], paint: { "line-color": "#b3261e", "line-width": 2 } },
  { id: "area-line", type: "line", source: "ground", filter: isKind("area"), paint: { "line-color": "#465162", "line-width": LINES } },
];

const names: LayerSpecification[] = [
  nameOf("grid-name", isKind("grid"), 12, "#0b3d91", { minzoom: 13.2 }),
  nameOf("micro-name", isKind("micro"), 11, MICRO, { minzoom: MICRO_FROM }),
  nameOf("ground-name", isKind("road", "water", "green", "place"), 11, "#5e6a7d", { minzoom: 14.5 }),
  {
    id: "building-name", type: "symbol", source: "buildings", minzoom: 16, layout: { ...NAME, "text-size": 11 },
    paint: { "text-color": "#1b2430", "text-halo-color": "#ffffff", "text-halo-width": 1 },
  },
  nameOf("area-name", ["==", ["get", "level"], "community"], 13, "#1b2430", { minzoom: 11.2, maxzoom: 14.5 }),
  nameOf("town-name", ["==", ["get", "level"], "town"], 15, "#1b2430", { maxzoom: 11.2 }),
];

const marks: LayerSpecification[] = [
  {
    id: "heap", type: "circle", source: "marks", filter: HEAP,
    paint: { "circle-radius": ["interpolate", ["linear"], ["length", ["get", "label"]], 1, 12, 5, 22], "circle-color": "#ffffff", "circle-stroke-color": "#1b2430", "circle-stroke-width": 2 },
  },
  { id: "heap-label", type: "symbol", source: "marks", filter: HEAP, layout: { ...ON_TOP, "text-field": ["get", "label"], "text-font": FONT, "text-size": 13 }, paint: { "text-color": "#1b2430" } },
  {
    id: "heap-alarm", type: "symbol", source: "marks", filter: ["all", HEAP, isKind("danger", "overdue")],
    layout: { ...ON_TOP, "icon-image": ["get", "kind"], "icon-size": 0.6, "icon-offset": [22, -22] },
  },
  {
    id: "spot", type: "symbol", source: "marks", filter: ["!", HEAP],
    layout: {
      ...ON_TOP, "icon-image": ["get", "kind"], "icon-size": ["case", ["get", "chosen"], 1.35, 1], "icon-offset": ["get", "offset"],
      "text-field": ["get", "label"], "text-font": FONT, "text-size": 12, "text-offset": ["get", "ems"], "symbol-sort-key": ["case", ["get", "chosen"], 1, 0],
    },
    paint: { "text-color": "#ffffff" },
  },
];

export function style(): StyleSpecification {
  const source = { type: "geojson" as const, data: EMPTY };
  const layers = [...areas, ...ground, ...borders, ...names, ...marks];
  return { version: 8, sources: Object.fromEntries(SOURCES.map((name) => [name, source])), layers };
}
