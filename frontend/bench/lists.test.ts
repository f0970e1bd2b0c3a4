import { beforeEach, expect, test } from "vitest";
import { bench, grid } from "../testing/bench.ts";
import { one, page, WORDS } from "../testing/page.ts";
import { Choice } from "./choice.ts";
import { fill, judge, tick } from "./lists.ts";

beforeEach(() => {
  Object.assign(WORDS, { bench_chosen: "已选：{what}，{n} 户", bench_choose: "请选楼", bench_houses: "{n} 幢", bench_part: "{name}的一部分", bench_locked: "锁住", bench_out: "{n} 个不合适", bench_fit: "全部合适", bench_counts: "{grids} 个网格，{micro} 个微网格" });
  const rows = bench().houses.map(({ id }) => `<tr data-bench-house="${id}"><td><input type="checkbox"></td><td data-bench-then></td></tr>`).join("");
  page(`<main><p data-bench-chosen></p><div data-bench-parts hidden></div><select data-bench-grids><option value="1">a</option><option value="2" selected>b</option></select>
    <section><span data-bench-counts></span><span data-bench-verdict></span></section><table><tbody data-bench-rows="grids"></tbody></table><table>${rows}</table></main>`);
});

const main = (): HTMLElement => one("main");

test("rows and choices follow the draft, and what was chosen stays", () => {
  const made = bench();
  made.draft.grids = [grid(1, 450), grid(2, 310, { is_locked: true }), grid(3, 200, { is_within: false, says: "不足 100" })];
  made.draft.general[0] = 3;
  fill(main(), made, new Set([1]));
  expect([...document.querySelectorAll('[data-bench-rows="grids"] tr')].map((row) => row.textContent)).toEqual(["第 01 网格X001450合适0", "第 02 网格 · 锁住X002310合适0", "第 03 网格X003200不足 1000"]);
  expect([one<HTMLSelectElement>("select").value, one<HTMLSelectElement>("select").options.length]).toEqual(["2", 3]);
  expect(one('[data-bench-house="1"] [data-bench-then]').textContent).toBe("03");
  expect([...document.querySelectorAll(".wg-bench-moves")].map((row) => row.getAttribute("data-bench-house"))).toEqual(["1"]);
});

test("a grid that was chosen and is gone leaves another one chosen", () => {
  const made = bench();
  made.draft.grids = [grid(1, 450)];
  fill(main(), made, new Set());
  expect(one<HTMLSelectElement>("select").value).toBe("1");
});

test("the verdict counts what does not fit, with a sign and in words", () => {
  const made = bench();
  judge(one("section"), made.draft);
  expect(one("section").textContent).toBe("2 个网格，2 个微网格✓ 全部合适");
  made.draft.grids[0]!.is_within = false;
  judge(one("section"), made.draft);
  expect(one("[data-bench-verdict]").textContent).toBe("⚠ 1 个不合适");
});

test("ticks say what is chosen; of a single house each stairwell can be taken out", () => {
  const made = bench();
  const choice: Choice = new Choice(() => tick(main(), made, choice));
  tick(main(), made, choice);
  expect(one("[data-bench-chosen]").textContent).toBe("请选楼");
  choice.only(made.houses[2]!);
  expect(one("[data-bench-chosen]").textContent).toBe("已选：甲园 3 幢，45 户");
  const parts = [...document.querySelectorAll<HTMLInputElement>("[data-bench-parts] input")];
  parts[1]!.click();
  expect(one("[data-bench-chosen]").textContent).toBe("已选：甲园 3 幢的一部分，22 户");
  const box = one<HTMLInputElement>('[data-bench-house="3"] input');
  expect([box.checked, box.indeterminate]).toEqual([false, true]);
  choice.toggle(made.houses[0]!);
  expect(one("[data-bench-parts]").hidden).toBe(true);
});
