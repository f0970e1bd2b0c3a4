import { expect, test } from "vitest";
import { SOURCES, style } from "./style.ts";

test("the map asks no other machine for tiles, letters or symbols", () => {
  const { glyphs, sprite, sources } = style();
  expect([glyphs, sprite]).toEqual([undefined, undefined]);
  expect(JSON.stringify(sources)).not.toMatch(/https?:/);
  expect(Object.keys(sources)).toEqual([...SOURCES]);
});

test("each layer draws a source there is", () => {
  const drawn = style().layers.flatMap((layer) => ("source" in layer ? [layer.source] : []));
  expect(new Set(drawn)).toEqual(new Set(SOURCES));
});
