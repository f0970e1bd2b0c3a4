import { beforeEach, expect, test } from "vitest";
import { one, page } from "../testing/page.ts";
import { look, repaintAll, sentence } from "./clock.ts";

const MINUTE = 60_000;
const DUE = Date.parse("2026-11-20T12:45:00+08:00");
const HALF = DUE - 90 * MINUTE;

beforeEach(() => page(""));

test.each([
  [40 * MINUTE, "还剩 40 分"],
  [72 * MINUTE, "还剩 1 小时 12 分"],
  [240 * MINUTE, "还剩 4 小时"],
  [(26 * 60 + 59) * MINUTE, "还剩 1 天 2 小时"],
  [48 * 60 * MINUTE, "还剩 2 天"],
  [30_000, "还剩不到 1 分"],
  [-30_000, "超时不到 1 分"],
  [-26 * 60 * MINUTE, "超时 1 天 2 小时"],
])("%d ms left is said as %s", (left, said) => {
  expect(sentence(left)).toBe(said);
});

test.each([
  [HALF - 1, "in_time"],
  [HALF, "half"],
  [DUE, "half"],
  [DUE + 1, "overdue"],
] as const)("at %d the clock looks %s", (now, seen) => {
  expect(look(now, HALF, DUE, "in_time")).toBe(seen);
});

test("a clock in working hours keeps its look until it is due, since only the server has the calendar", () => {
  expect(look(DUE - 1, NaN, DUE, "in_time")).toBe("in_time");
  expect(look(DUE + 1, NaN, DUE, "in_time")).toBe("overdue");
});

function clock(more = ""): string {
  return `<span class="wg-clock wg-clock-in_time" data-due="2026-11-20T12:45:00+08:00" data-half="2026-11-20T11:15:00+08:00" ${more}>
    <svg><use href="/s.svg#clock"></use></svg><span data-clock-text>old</span></span>`;
}

test("repainting moves colour, icon and words together", () => {
  page(clock());
  repaintAll(DUE - 40 * MINUTE);
  expect(one(".wg-clock").className).toBe("wg-clock wg-clock-half");
  expect(one("use").getAttribute("href")).toBe("/s.svg#alert-triangle");
  expect(one("[data-clock-text]").textContent).toBe("还剩 40 分");
});

test("working days left are the server's to count", () => {
  page(clock("data-in-days"));
  repaintAll(DUE - 40 * MINUTE);
  expect(one("[data-clock-text]").textContent).toBe("old");
  repaintAll(DUE + 5 * MINUTE);
  expect(one("[data-clock-text]").textContent).toBe("超时 5 分");
});

test("a stopped clock stays as it is", () => {
  page('<span class="wg-clock wg-clock-paused"><span data-clock-text>停表</span></span>');
  repaintAll(DUE);
  expect(one("[data-clock-text]").textContent).toBe("停表");
});
