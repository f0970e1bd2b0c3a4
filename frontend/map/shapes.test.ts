import { expect, test } from "vitest";
import { cornersOf, KINDS } from "./shapes.ts";

test("danger, a visit, half used, overdue and in time are told apart without colour", () => {
  const drawn = KINDS.map((kind) => cornersOf(kind, 0, 10).map((corner) => corner.map(Math.round).join(",")).join(" "));
  expect(new Set(drawn).size).toBe(KINDS.length);
  expect(drawn[0]).toBe("0,-10 9,5 -9,5");
});

test("every kind lies within its picture", () => {
  const far = KINDS.flatMap((kind) => cornersOf(kind, 28, 25).flat()).filter((at) => at < 2 || at > 54);
  expect(far).toEqual([]);
});
