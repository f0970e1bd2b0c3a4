import { beforeEach, expect, test } from "vitest";
import { one, page } from "../testing/page.ts";
import { Selection } from "./select.ts";

let selection: Selection;
const row = (id: string): HTMLElement => one(`[data-row="${id}"]`);
const ticked = (): string[] => selection.ticked().map((tick) => tick.value);

beforeEach(() => {
  const rows = ["1", "2", "3", "4"].map((id) => `<li data-row="${id}"><input type="checkbox" data-tick value="${id}"></li>`);
  page(`<ul data-rows>${rows.join("")}</ul><div data-bulk><b data-bulk-count></b></div>`);
  selection = new Selection(one("[data-rows]"), one("[data-bulk]"));
  selection.paint();
});

test("the bar is there only while rows are ticked, and counts them", () => {
  expect(one("[data-bulk]").hidden).toBe(true);
  selection.toggle(row("2"));
  expect(one("[data-bulk]").hidden).toBe(false);
  expect(one("[data-bulk-count]").textContent).toBe("已选 1 件");
  selection.toggle(row("2"));
  expect(one("[data-bulk]").hidden).toBe(true);
});

test("a range goes from the last ticked row, in both directions", () => {
  selection.toggle(row("3"));
  selection.range(row("1"));
  expect(ticked()).toEqual(["1", "2", "3"]);
});

test("a range without a beginning ticks the row one is on", () => {
  selection.range(row("4"));
  expect(ticked()).toEqual(["4"]);
});

test("untick all", () => {
  selection.all(true);
  expect(ticked()).toEqual(["1", "2", "3", "4"]);
  selection.all(false);
  expect(ticked()).toEqual([]);
});
