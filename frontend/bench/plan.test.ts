import { expect, test } from "vitest";
import { bench } from "../testing/bench.ts";
import { compoundOf, gridsOf, metresOf, middleOf, movedOf, neighboursOf } from "./plan.ts";

test("a house of which one stairwell changes its grid counts as moved, the others do not", () => {
  const made = bench();
  made.draft.general[3] = 2;
  expect([...movedOf(made)]).toEqual([3]);
  expect(gridsOf(made.draft, made.houses[2]!)).toBe("01、02");
});

test("a house in no grid says so", () => {
  const made = bench();
  made.draft.general[0] = -1;
  expect(gridsOf(made.draft, made.houses[0]!)).toBe("—");
});

test("the compound is what stands before the number", () => {
  expect(["映荷里 7 幢", "映荷里7号楼", "Lotus Court 12", "7 幢"].map(compoundOf)).toEqual(["映荷里", "映荷里", "Lotus Court", ""]);
  const made = bench();
  expect(neighboursOf(made, made.houses[0]!).map(({ id }) => id)).toEqual([1, 2, 3]);
});

test("a house without a compound stands alone", () => {
  const made = bench();
  made.houses.forEach((house, at) => (house.name = `${at + 1} 幢`));
  expect(neighboursOf(made, made.houses[1]!).map(({ id }) => id)).toEqual([2]);
});

test("a point of the drawing is told in metres, north up", () => {
  expect(metresOf(bench(), [10, 20])).toBe("1020.00,460.00");
});

test("the label of a micro-grid stands amid its houses", () => {
  const made = bench();
  expect(middleOf(made, made.draft, 21)).toEqual([95, 20]);
  expect(middleOf(made, made.draft, 99)).toBe(undefined);
});
