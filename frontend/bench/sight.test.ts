import { expect, test } from "vitest";
import { isWhole, moved, showing, viewBox, whole, zoomed } from "./sight.ts";

const BOX = [200, 100] as const;

test("zooming keeps the point under the hand where it is", () => {
  const near = zoomed(BOX, whole(BOX), 0.5, [50, 50]);
  expect(near).toEqual({ x: 25, y: 25, w: 100, h: 50 });
  expect((50 - near.x) / near.w).toBe(50 / 200);
});

test("one never looks beyond the drawing, nor closer than twenty times", () => {
  expect(moved(BOX, zoomed(BOX, whole(BOX), 0.5), 1e6, -1e6)).toEqual({ x: 100, y: 0, w: 100, h: 50 });
  expect(zoomed(BOX, whole(BOX), 0.001).w).toBe(10);
  const back = zoomed(BOX, zoomed(BOX, whole(BOX), 0.5, [10, 10]), 9);
  expect([isWhole(BOX, back), viewBox(back)]).toEqual([true, "0.00 0.00 200.00 100.00"]);
});

test("a place outside comes into sight, one inside moves nothing", () => {
  const near = zoomed(BOX, whole(BOX), 0.5, [0, 0]);
  expect(showing(BOX, near, 10, 10)).toBe(near);
  expect(showing(BOX, near, 190, 90)).toEqual({ x: 100, y: 50, w: 100, h: 50 });
});
