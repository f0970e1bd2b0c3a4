import { expect, test } from "vitest";
import { drop, keep, kept } from "./store.ts";

test("what is kept comes back until it is dropped", () => {
  expect(keep("k", { a: 1 })).toBe(true);
  expect(kept("k")).toEqual({ a: 1 });
  drop("k");
  expect(kept("k")).toBe(undefined);
});

test("what somebody else wrote there is not ours", () => {
  localStorage.setItem("k", "{broken");
  expect(kept("k")).toBe(undefined);
});
