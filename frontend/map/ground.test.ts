import { expect, test } from "vitest";
import { server } from "../testing/page.ts";
import { addressOf, ask, holds, namesOf, pieceOf, type Sides } from "./ground.ts";

const VIEW: Sides = [121.01, 31.41, 121.05, 31.44];

test("a piece holds the view and is asked for once while the map moves within it", () => {
  const piece = pieceOf(VIEW, 14.2);
  expect(holds(piece, VIEW, 14.2)).toBe(true);
  expect(holds(piece, VIEW, 14.4)).toBe(true);
  expect(holds(piece, [VIEW[0] + 0.001, VIEW[1], VIEW[2] + 0.001, VIEW[3]], 14.2)).toBe(true);
  expect(holds(piece, [VIEW[0] + 1, VIEW[1], VIEW[2] + 1, VIEW[3]], 14.2)).toBe(false);
  expect(holds(piece, VIEW, 14.6)).toBe(false);
  expect(holds(undefined, VIEW, 14.2)).toBe(false);
});

test("near views have the same address, so that the browser's own copy serves them", () => {
  const near: Sides = [VIEW[0] + 0.0001, VIEW[1] + 0.0001, VIEW[2] + 0.0001, VIEW[3] + 0.0001];
  expect(addressOf("/b", pieceOf(near, 14.3))).toBe(addressOf("/b", pieceOf(VIEW, 14.2)));
  expect(addressOf("/b", pieceOf(VIEW, 14.2))).toMatch(/^\/b\?bbox=(-?\d+\.\d{6},?){4}&z=14$/);
});

test("what is refused brings the server's sentence, and no sentence where there is none", async () => {
  const { ask: answer } = server(new Response('{"detail": "再放大一些"}', { status: 413 }), new Response("x", { status: 500 }), new Error("net"));
  expect(await ask("/b", answer)).toEqual({ says: "再放大一些" });
  expect(await ask("/b", answer)).toEqual({ says: "" });
  await expect(ask("/b", answer)).rejects.toThrow("net");
});

test("each name stands once, in the middle of its area", () => {
  const square = [[[0, 0], [2, 0], [2, 4], [0, 4], [0, 0]]];
  const feature = (geometry: GeoJSON.Geometry, name: string): GeoJSON.Feature => ({ type: "Feature", geometry, properties: { name } });
  const { features } = namesOf({
    type: "FeatureCollection",
    features: [
      feature({ type: "Polygon", coordinates: square }, "甲"),
      feature({ type: "MultiPolygon", coordinates: [square] }, "乙"),
      feature({ type: "LineString", coordinates: [[0, 0], [1, 1], [9, 9]] }, "丙路"),
      feature({ type: "Polygon", coordinates: square }, ""),
    ],
  });
  expect(features.map((each) => [each.properties?.["name"], each.geometry.type === "Point" && each.geometry.coordinates])).toEqual([
    ["甲", [1, 2]],
    ["乙", [1, 2]],
    ["丙路", [1, 1]],
  ]);
});
