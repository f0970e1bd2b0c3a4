import { beforeEach, expect, test } from "vitest";
import { bench, grid } from "../testing/bench.ts";
import { one, page, WORDS } from "../testing/page.ts";
import { Choice } from "./choice.ts";
import { classOf, Drawing, widthOf } from "./drawing.ts";

const LAYERS = ["grids", "micro", "houses", "labels", "live"].map((name) => `<g data-bench-layer="${name}"></g>`).join("");

function drawing(made = bench()): Drawing {
  const houses = made.houses.map(({ id }) => `<path data-house="${id}"></path>`).join("");
  page(`<svg data-bench-map="draft">${LAYERS.replace('"houses">', `"houses">${houses}`)}</svg>`);
  return new Drawing(one<SVGSVGElement>("svg"), "draft", made);
}

beforeEach(() => Object.assign(WORDS, { bench_label: "{n} 户 · {says}", bench_locked: "锁住", bench_rounds: "{n} 户 · {minutes} 分" }));

test("a grid out of its band has a red edge, a hatch and its words, never a colour alone", () => {
  const made = bench();
  made.draft.grids = [grid(1, 662, { is_within: false, says: "超出 162" }), grid(2, 310)];
  drawing(made).paint("general");
  expect([...document.querySelectorAll("[data-grid]")].map((area) => area.classList.contains("wg-bench-out"))).toEqual([true, false]);
  expect(one(".wg-bench-hatch").getAttribute("d")).toBe(made.draft.grids[0]!.path);
  expect([...document.querySelectorAll('[data-bench-layer="labels"] text')].map((text) => text.textContent)).toEqual(["第 01 网格", "662 户 · 超出 162", "第 02 网格", "310 户 · 合适"]);
});

test("on the level of micro-grids these are labelled", () => {
  drawing().paint("micro");
  expect([...document.querySelectorAll('[data-bench-layer="labels"] text')].map((text) => text.textContent)).toEqual(["01-01", "02-01"]);
});

test("kind and lock are drawn by line", () => {
  expect(classOf(grid(2, 30, { kind: "dedicated_grid", is_locked: true }))).toBe("wg-bench-grid wg-tint-2 wg-bench-dedicated wg-bench-locked");
});

test("moved and chosen houses stand out, and lose it again", () => {
  const made = drawing();
  const choice = new Choice(() => undefined);
  choice.pieces.add(2);
  made.mark(new Set([1]), choice);
  expect([...document.querySelectorAll("[data-house]")].map((house) => house.getAttribute("class") ?? "")).toEqual(["wg-bench-moved", "", "wg-bench-chosen", "", ""]);
  choice.clear();
  made.mark(new Set(), choice);
  expect(document.querySelectorAll(".wg-bench-moved, .wg-bench-chosen").length).toBe(0);
});

test("one grid at a time is aimed at", () => {
  const made = drawing();
  made.paint("general");
  made.aim(1, "general");
  made.aim(2, "general");
  expect([...document.querySelectorAll(".wg-bench-aimed")].map((area) => area.getAttribute("data-grid"))).toEqual(["2"]);
});

test("a box is as wide as its words: Chinese twice as wide as digits", () => {
  expect(widthOf("网格")).toBe(2);
  expect(widthOf("04")).toBeLessThan(widthOf("网格"));
});
