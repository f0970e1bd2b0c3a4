import { beforeEach, expect, test } from "vitest";
import { bench } from "../testing/bench.ts";
import { page, WORDS } from "../testing/page.ts";
import { cardOf, changesOf, whatOf } from "./card.ts";

beforeEach(() => {
  Object.assign(WORDS, { bench_moving: "正在移：{what}，{n} 户", bench_becomes: "{grid} 网格 {before} → {after}", bench_under: "不足 {n}", bench_over: "超过 {n}", bench_drop: "松手", bench_houses: "{n} 幢", bench_part: "{name}的一部分" });
  page("");
});

test("what leaves one grid arrives in the other, and a limit that is broken is named", () => {
  expect(changesOf(bench(), [4], 1, "general")).toEqual([
    { grid: "02", before: 310, after: 280, limit: "under" },
    { grid: "01", before: 450, after: 480, limit: "" },
  ]);
});

test("households are neither lost nor made, whatever is chosen", () => {
  const made = bench();
  for (let chosen = 0; chosen < 64; chosen += 1) {
    const pieces = made.pieces.map((_, at) => at).filter((at) => chosen & (1 << at));
    const changes = changesOf(made, pieces, 2, "general");
    expect(changes.reduce((sum, { before, after }) => sum + after - before, 0)).toBe(0);
  }
});

test("what lies there already does not move", () => {
  expect(changesOf(bench(), [4, 5], 2, "general")).toEqual([]);
  expect(changesOf(bench(), [0, 4], 2, "general").map(({ after }) => after)).toEqual([430, 330]);
});

test("micro-grids have only an upper limit, dedicated grids none", () => {
  expect(changesOf(bench(), [4], 11, "micro").map(({ limit }) => limit)).toEqual(["", "over"]);
  const made = bench();
  made.draft.grids[1]!.kind = "dedicated_grid";
  expect(changesOf(made, [4], 1, "general").map(({ limit }) => limit)).toEqual(["", ""]);
});

test("a piece in no grid joins without taking from anybody", () => {
  const made = bench();
  made.draft.general[0] = -1;
  expect(changesOf(made, [0], 2, "general")).toEqual([{ grid: "02", before: 310, after: 330, limit: "" }]);
});

test("one house is called by its name, a stairwell by its house, several by their number", () => {
  const made = bench();
  expect([[0], [2], [0, 1]].map((pieces) => whatOf(made, new Set(pieces)))).toEqual(["甲园 1 幢", "甲园 3 幢的一部分", "2 幢"]);
});

test("the card says it in words and warns with a sign", () => {
  const [made, pieces] = [bench(), new Set([4])];
  const card = cardOf(made, pieces, changesOf(made, pieces, 1, "general"), "general");
  expect(card.map((line) => line.textContent)).toEqual(["正在移：乙园 1 幢，30 户", "02 网格 310 → 280 ⚠ 不足 300", "01 网格 450 → 480", "松手"]);
});
