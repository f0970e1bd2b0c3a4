import { expect, test } from "vitest";
import { one, page, server } from "../testing/page.ts";
import { Changes, nextWait, REFRESH } from "./changes.ts";

const PAGE = '<b data-count="intake">37</b><b data-count="late" data-count-hides>1</b><span data-fresh></span><div data-live-list></div>';
const json = (body: unknown): Response => new Response(JSON.stringify(body), { status: 200 });

test("news moves the counters and asks the lists to refresh, and the next question carries the new stamp", async () => {
  page(PAGE);
  const { ask, asked } = server(json({ counts: { intake: 38, late: 0 }, cases: [7], stamp: "b" }));
  const heard: unknown[] = [];
  one("[data-live-list]").addEventListener(REFRESH, (event) => heard.push((event as CustomEvent).detail));
  const changes = new Changes("/changes", "a", 2000, ask);

  await changes.poll();
  await changes.poll();

  expect(one('[data-count="intake"]').textContent).toBe("38");
  expect(one('[data-count="late"]').hidden).toBe(true);
  expect(heard).toEqual([{ cases: [7] }]);
  expect(asked).toEqual(["/changes?since=a", "/changes?since=b"]);
});

test("204 changes nothing and the page is live", async () => {
  page(PAGE);
  await new Changes("/changes", "a", 2000, server().ask).poll();
  expect(one('[data-count="intake"]').textContent).toBe("37");
  expect(one("[data-fresh]").textContent).toBe("实时");
});

test("a newer stamp beside the 204 is where the next question begins", async () => {
  page(PAGE);
  const { ask, asked } = server(new Response(null, { status: 204, headers: { "Wangge-Stamp": "f" } }));
  const changes = new Changes("/changes", "a", 2000, ask);
  await changes.poll();
  await changes.poll();
  await changes.poll();
  expect(asked).toEqual(["/changes?since=a", "/changes?since=f", "/changes?since=f"]);
});

test("one lost answer is patience, two say that the page stands still", async () => {
  page(PAGE);
  const changes = new Changes("/changes", "a", 2000, server(new Error("no line"), new Response("", { status: 503 })).ask);
  await changes.poll();
  expect(one("[data-fresh]").textContent).toBe("实时");
  await changes.poll();
  expect(one("[data-fresh]").textContent).toMatch(/^网断了，页面停在 \d\d:\d\d$/);
  expect(one("[data-fresh]").className).toBe("wg-fresh-stale");
});

test("a session that ended is said, and is not the fault of the net", async () => {
  page(PAGE);
  const changes = new Changes("/changes", "a", 2000, server(new Response("", { status: 403 })).ask);
  await changes.poll();
  expect(one("[data-fresh]").textContent).toBe("已经退出登录");
  expect(changes.isOut).toBe(true);
});

test("failures make it ask less often, up to half a minute", () => {
  expect([0, 1, 2, 9].map((failures) => nextWait(2000, failures))).toEqual([2000, 4000, 8000, 30000]);
});
