import { beforeEach, expect, test } from "vitest";
import { one, page } from "../testing/page.ts";
import { listen, mark, pointOf, type Point } from "./list.ts";

beforeEach(() =>
  page(`<ul data-map-list><li data-map-id="a" data-lon="121.1" data-lat="31.5" tabindex="0">甲</li><li data-map-id="b"><a href="#b">乙</a></li></ul>`),
);

test("one row at a time is the current one", () => {
  mark("a");
  expect(mark("b")?.textContent).toBe("乙");
  expect([...document.querySelectorAll('[aria-current="true"]')].map((row) => row.getAttribute("data-map-id"))).toEqual(["b"]);
});

test("a row says where it is, or that it does not know", () => {
  expect(pointOf(one('[data-map-id="a"]'))).toEqual([121.1, 31.5]);
  expect(pointOf(one('[data-map-id="b"]'))).toBe(undefined);
});

test("a click on a row moves the map, a click on its link opens the case", () => {
  const chosen: [string, Point | undefined][] = [];
  listen((id, point) => chosen.push([id, point]));
  one('[data-map-id="a"]').click();
  one("a").click();
  expect(chosen).toEqual([["a", [121.1, 31.5]]]);
});
