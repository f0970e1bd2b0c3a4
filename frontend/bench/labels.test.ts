import { expect, test } from "vitest";
import { type Claim, shown } from "./labels.ts";

function claim(x: number, size: number, more: Partial<Claim> = {}): Claim {
  return { x, y: 0, wide: 4, high: 2, size, ...more };
}

/** The sizes of the claims that are shown, in the order they were given. */
function sizes(claims: Claim[], em: number): number[] {
  const found = shown(claims, em);
  return claims.filter((each) => found.has(each)).map(({ size }) => size);
}

test("of two labels that would lie over each other the larger grid's is shown, however they come", () => {
  expect(sizes([claim(0, 310), claim(30, 450)], 10)).toEqual([450]);
  expect(sizes([claim(30, 450), claim(0, 310)], 10)).toEqual([450]);
});

test("one looks closer, the letters grow smaller on the ground, and both have room", () => {
  expect(sizes([claim(0, 310), claim(30, 450)], 7)).toEqual([310, 450]);
});

test("a label that gave way hides no third one", () => {
  expect(sizes([claim(0, 300), claim(30, 310), claim(60, 450)], 10)).toEqual([300, 450]);
});

test("the chosen grid always shows, and the larger neighbour gives way", () => {
  expect(sizes([claim(0, 310, { isChosen: true }), claim(30, 450)], 10)).toEqual([310]);
});

test("side by side is not one over the other", () => {
  expect(sizes([claim(0, 310), claim(0, 450, { y: 30 })], 10)).toEqual([310, 450]);
});

test("of like ones the first is shown", () => {
  expect(sizes([claim(0, 400), claim(10, 400)], 10)).toEqual([400]);
  const [first, second] = [claim(0, 400), claim(10, 400)];
  expect([...shown([first, second], 10)]).toEqual([first]);
});
