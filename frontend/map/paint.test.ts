import { expect, test } from "vitest";
import { among, isSeen, LAYERS, marksOf, ofLevel } from "./paint.ts";
import type { Drawn } from "./parts.ts";
import { style } from "./style.ts";

const DRAWN: Drawn = {
  box: [0, 0, 1, 1], off: [], theme: "", level: "grid", grid: null, building: null, case: "", steps: {}, hidden: [], beyond: [],
  marks: [{ id: "a", lon: 1, lat: 2, offset: [12, -24], kind: "danger", label: "1", is_heap: false, title: "甲" }],
};

test("a mark stands beside its place, its number with it, and the chosen one says so", () => {
  const [feature] = marksOf(DRAWN, "a").features;
  expect(feature?.geometry).toEqual({ type: "Point", coordinates: [1, 2] });
  expect(feature?.properties).toEqual({ id: "a", kind: "danger", label: "1", heap: false, offset: [12, -24], ems: [1, -2], chosen: true });
  expect(marksOf(DRAWN, "b").features[0]?.properties?.["chosen"]).toBe(false);
});

test("a layer that is switched off hides all it consists of; names of buildings go with either", () => {
  expect(isSeen("spot", ["cases"])).toBe(false);
  expect(isSeen("spot", ["names"])).toBe(true);
  expect([["names"], ["buildings"], ["cases"]].map((off) => isSeen("building-name", off))).toEqual([false, false, true]);
});

test("micro-grids are dashed lines of one pixel from close by, with a switch of their own", () => {
  const line = style().layers.find(({ id }) => id === "micro-line");
  expect(line).toMatchObject({ type: "line", minzoom: 16, paint: { "line-width": 1, "line-dasharray": [4, 3] } });
  expect(["micro-line", "micro-name", "grid-line"].map((layer) => isSeen(layer, ["micro"]))).toEqual([false, false, true]);
});

test("every layer a switch names is there", () => {
  const known = new Set(style().layers.map((layer) => layer.id));
  expect(Object.values(LAYERS).flat().filter((layer) => !known.has(layer))).toEqual([]);
});

test("only the level that is shaded is painted", () => {
  expect(ofLevel("reports", "grid")).toEqual(["==", ["get", "level"], "grid"]);
  expect(ofLevel("", "grid")).toEqual(["==", ["get", "level"], "none"]);
  expect(JSON.stringify(among([3, 4]))).toContain("[3,4]");
});
