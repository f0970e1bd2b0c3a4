import { expect, test } from "vitest";
import { bench } from "../testing/bench.ts";
import { ARROWS, Choice, framed, nextOf } from "./choice.ts";

const houses = bench().houses;

function choice(): [Choice, () => number] {
  let told = 0;
  return [new Choice(() => (told += 1)), () => told];
}

test("a click takes just that house, and lets it go again", () => {
  const [made, told] = choice();
  made.only(houses[0]!);
  made.only(houses[2]!);
  expect([...made.pieces]).toEqual([2, 3]);
  made.only(houses[2]!);
  expect([made.pieces.size, told()]).toEqual([0, 3]);
});

test("Shift adds and takes away", () => {
  const [made] = choice();
  [0, 2, 0].forEach((at) => made.toggle(houses[at]!));
  expect(houses.map((house) => made.of(house))).toEqual(["none", "none", "all", "none", "none"]);
});

test("a house of which one stairwell is taken out is chosen in part, and a toggle completes it", () => {
  const [made] = choice();
  made.only(houses[2]!);
  made.part(3, false);
  expect(made.of(houses[2]!)).toBe("some");
  made.toggle(houses[2]!);
  expect(made.of(houses[2]!)).toBe("all");
});

test("a frame takes the houses whose middle it holds, drawn from any corner", () => {
  const ids = (from: [number, number], to: [number, number]): number[] => framed(houses, { from, to }).map(({ id }) => id);
  expect(ids([40, 0], [60, 20])).toEqual([1, 2]);
  expect(ids([60, 20], [40, 0])).toEqual([1, 2]);
});

test("arrows lead to the next house ahead and stay where there is none", () => {
  const [one, two, , four, five] = houses;
  expect(nextOf(houses, undefined, ARROWS["ArrowRight"]!)).toBe(one);
  expect(nextOf(houses, one, ARROWS["ArrowRight"]!)).toBe(two);
  expect(nextOf(houses, four, ARROWS["ArrowDown"]!)).toBe(five);
  expect(nextOf(houses, one, ARROWS["ArrowLeft"]!)).toBe(one);
});
