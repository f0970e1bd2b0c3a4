import { expect, test } from "vitest";
import { bench } from "../testing/bench.ts";
import { Cursor, type Place, type Steered } from "./cursor.ts";

function cursor(kind: ReturnType<Steered["kind"]>): { made: Cursor; told: string[] } {
  const told: string[] = [];
  const { houses, draft } = bench();
  const name = (place: Place): string => ("name" in place ? String(place.name) : `${place.x},${place.y}`);
  const made = new Cursor({
    kind: () => kind, houses: () => houses, grids: () => draft.grids, width: () => 200, middle: () => [100, 50],
    moved: (place) => told.push(name(place)), taken: (place) => told.push(`took ${name(place)}`),
    pan: (dx, dy) => told.push(`pan ${dx} ${dy}`), zoom: (factor) => told.push(`zoom ${factor < 1 ? "in" : "out"}`),
  });
  return { made, told };
}

const key = (code: string, more: KeyboardEventInit = {}): KeyboardEvent => new KeyboardEvent("keydown", { code, ...more });

test("arrows go from house to house, Enter takes", () => {
  const { made, told } = cursor("house");
  ["ArrowRight", "ArrowRight", "Enter"].forEach((code) => made.press(key(code)));
  expect(told).toEqual(["甲园 1 幢", "甲园 2 幢", "took 甲园 2 幢"]);
});

test("with another tool they go from grid to grid", () => {
  const { made, told } = cursor("grid");
  ["ArrowRight", "ArrowRight"].forEach((code) => made.press(key(code)));
  expect(told).toEqual(["第 01 网格", "第 02 网格"]);
});

test("the end of a line is nudged, finer with Shift", () => {
  const { made, told } = cursor("point");
  made.press(key("ArrowRight"));
  made.press(key("ArrowUp", { shiftKey: true }));
  expect(told).toEqual(["105,50", "105,48.75"]);
});

test("while Space is down arrows pan; plus and minus zoom; letters are not ours", () => {
  const { made, told } = cursor("house");
  expect(["Space", "ArrowLeft", "Equal", "Minus", "KeyM"].map((code) => made.press(key(code)))).toEqual([true, true, true, true, false]);
  expect(told).toEqual(["pan -20 0", "zoom in", "zoom out"]);
});

test("Enter without a place takes nothing, and a key with Ctrl is the browser's", () => {
  const { made, told } = cursor("house");
  made.press(key("Enter"));
  expect([made.press(key("ArrowLeft", { ctrlKey: true })), told]).toEqual([false, []]);
});
