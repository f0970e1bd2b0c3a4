import { beforeEach, expect, test } from "vitest";
import { one, page, server } from "../testing/page.ts";
import { drawnOf, Parts, put } from "./parts.ts";

const side = (rows: string, marks = "[]"): string => `<div data-map-part="side"><script id="map-drawn" type="application/json">{"marks": ${marks}}</script>${rows}</div>`;

beforeEach(() => page(`<div data-map-part="bar"><a href="?tint=x" data-key="1">一</a></div>${side('<li data-map-id="a"><a href="#a">甲</a></li>')}`));

test("the named parts are replaced, the others stay", () => {
  put(`<div data-map-part="bar">新</div>${side("<li>乙</li>")}`, ["side"]);
  expect(one('[data-map-part="bar"]').textContent).toBe("一");
  expect(one('[data-map-part="side"]').textContent).toContain("乙");
});

test("whoever reads the list with the keyboard keeps the place", () => {
  one("#a, [href='#a']").focus();
  put(side('<li data-map-id="b"><a href="#b">乙</a></li><li data-map-id="a"><a href="#a">甲</a></li>'), ["side"]);
  expect(document.activeElement?.textContent).toBe("甲");
  one('[data-key="1"]').focus();
  put('<div data-map-part="bar"><a href="?" data-key="2">二</a><a href="?" data-key="1">一</a></div>', ["bar"]);
  expect(document.activeElement?.getAttribute("data-key")).toBe("1");
});

test("what somebody has unfolded stays unfolded", () => {
  put(side("<details open><summary>房</summary></details>"), ["side"]);
  put(side("<details><summary>房</summary></details>"), ["side"]);
  expect(one<HTMLDetailsElement>("details").open).toBe(true);
});

test("an answer brings what to paint; one that was overtaken or lost brings nothing", async () => {
  const { ask, asked } = server(new Response(side("")), new Response(side("", '[{"id": "x"}]')), new Error("net"), new Response("", { status: 500 }));
  const parts = new Parts("/map/", ask);
  const [late, fresh] = await Promise.all([parts.load("?in=1", undefined, ["side"]), parts.load("?in=2", [1, 2, 3, 4], ["side"])]);
  expect(late).toBe(undefined);
  expect(fresh?.marks.map((mark) => mark.id)).toEqual(["x"]);
  expect(drawnOf()?.marks.length).toBe(1);
  expect(await parts.load("", undefined, ["side"])).toBe(undefined);
  expect(await parts.load("", undefined, ["side"])).toBe(undefined);
  expect(asked.slice(0, 2)).toEqual(["/map/?in=1", "/map/?in=2&bbox=1.00000%2C2.00000%2C3.00000%2C4.00000"]);
});
