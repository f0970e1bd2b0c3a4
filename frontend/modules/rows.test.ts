import { beforeEach, expect, test } from "vitest";
import { one, page, server } from "../testing/page.ts";
import { currentOf, move, showDetail } from "./rows.ts";

beforeEach(() =>
  page('<ul data-rows><li data-row="1" data-detail="/1"></li><li data-row="2" data-detail="/2"></li></ul><aside data-detail-pane></aside>'),
);

test("one moves from nowhere to the first row and stops at the ends", () => {
  const list = one("[data-rows]");
  const seen = [1, 1, 1, -1, -1].map((by) => move(list, by as 1 | -1)?.dataset["row"]);
  expect(seen).toEqual(["1", "2", "2", "1", "1"]);
  expect(document.querySelectorAll('[aria-current="true"]').length).toBe(1);
});

test("the pane shows the detail of the row one is on", async () => {
  const list = one("[data-rows]");
  move(list, 1);
  const row = currentOf(list);
  if (!row) throw new Error("no row is current");
  await showDetail(row, one("[data-detail-pane]"), server(new Response('<nav>x</nav><div data-detail-part>案件</div>')).ask);
  expect(one("[data-detail-pane]").textContent).toBe("案件");
});

test("a slow answer does not overwrite the row one has moved on to", async () => {
  const list = one("[data-rows]");
  const first = move(list, 1);
  move(list, 1);
  if (!first) throw new Error("no row");
  await showDetail(first, one("[data-detail-pane]"), server(new Response("<div data-detail-part>old</div>")).ask);
  expect(one("[data-detail-pane]").textContent).toBe("");
});
