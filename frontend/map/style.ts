/** The base of our own: land, areas by line, grids by tint, buildings, and the cases above them. No server of tiles. */
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from "maplibre-gl";

export const EMPTY: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
export const SOURCES = ["areas", "grids", "buildings", "cases"] as const;
export type Source = (typeof SOURCES)[number];
export const BUILDINGS_FROM = 14;

const FONT = ["Noto Sans Regular"]; // a name only: the browser draws the letters with its own Chinese font
const TINTS = ["#dde8f5", "#fbe7cb", "#d9efe4", "#eae3f3", "#f6dfd9"]; // neighbours differ; the tints mean nothing
const LINES: ExpressionSpecification = ["match", ["get", "level"], "county", 3, "town", 1.6, 1];

function tint(): ExpressionSpecification {
  const cases = TINTS.slice(0, -1).flatMap((colour, at) => [at, colour]);
  return ["match", ["%", ["to-number", ["get", "tint"], 0], TINTS.length], ...cases, TINTS[TINTS.length - 1] ?? ""] as unknown as ExpressionSpecification;
}

function isChosen(yes: string | number, no: string | number): ExpressionSpecification {
  return ["case", ["boolean", ["feature-state", "chosen"], false], yes, no];
}

const layers: LayerSpecification[] = [
  { id: "land", type: "background", paint: { "background-color": "#f3f1eb" } },
  { id: "grid-fill", type: "fill", source: "grids", paint: { "fill-color": tint(), "fill-opacity": 0.75 } },
  { id: "building", type: "fill", source: "buildings", minzoom: BUILDINGS_FROM, paint: { "fill-color": isChosen("#1d5aa8", "#d8d3c7"), "fill-outline-color": "#a9a294" } },
  { id: "grid-line", type: "line", source: "grids", paint: { "line-color": "#1d5aa8", "line-width": isChosen(4, 2.2) } },
  { id: "area-line", type: "line", source: "areas", paint: { "line-color": "#465162", "line-width": LINES } },
  {
    id: "grid-name",
    type: "symbol",
    source: "grids",
    minzoom: 12,
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 13, "text-padding": 4 },
    paint: { "text-color": "#0b3d91", "text-halo-color": "#ffffff", "text-halo-width": 1.5 },
  },
  {
    id: "building-name",
    type: "symbol",
    source: "buildings",
    minzoom: 16,
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 12 },
    paint: { "text-color": "#1b2430", "text-halo-color": "#ffffff", "text-halo-width": 1 },
  },
  {
    id: "area-name",
    type: "symbol",
    source: "areas",
    maxzoom: 13,
    layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 15 },
    paint: { "text-color": "#1b2430", "text-halo-color": "#ffffff", "text-halo-width": 2 },
  },
  {
    id: "case",
    type: "symbol",
    source: "cases",
    layout: {
      "icon-image": ["get", "kind"],
      "icon-size": ["case", ["==", ["get", "chosen"], true], 1.35, 1],
      "icon-allow-overlap": true,
      "text-field": ["to-string", ["get", "n"]],
      "text-font": FONT,
      "text-size": 12,
      "text-allow-overlap": true,
      "symbol-sort-key": ["case", ["==", ["get", "chosen"], true], 1, 0],
    },
    paint: { "text-color": "#ffffff" },
  },
];

export function style(): StyleSpecification {
  const source = { type: "geojson" as const, data: EMPTY, promoteId: "id" };
  return { version: 8, sources: Object.fromEntries(SOURCES.map((name) => [name, source])), layers };
}
