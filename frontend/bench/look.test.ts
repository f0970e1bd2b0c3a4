import { beforeEach, expect, test } from "vitest";
import { one, page } from "../testing/page.ts";
import { listen, setLevel, setMode, setTool } from "./look.ts";

beforeEach(() =>
  page(`<div data-bench><button data-bench-mode="side"></button><button data-bench-mode="swipe"></button><button data-bench-level="micro"></button>
    <p data-bench-swipe hidden><input type="range" min="0" max="100" value="50"></p>
    <button data-bench-tool="lock"></button><div data-bench-bar="move"></div><div data-bench-bar="split lock"><i data-bench-in="split"></i><i data-bench-in="lock"></i></div>
    <div data-bench-for="general"></div><div data-bench-for="micro"></div></div>`),
);

const root = (): HTMLElement => one("[data-bench]");
const shown = (selector: string): boolean[] => [...document.querySelectorAll<HTMLElement>(selector)].map((part) => !part.hidden);

test("the curtain has its handle only while it hangs", () => {
  setMode(root(), "swipe");
  expect([shown("[data-bench-swipe]"), one('[data-bench-mode="swipe"]').getAttribute("aria-pressed")]).toEqual([[true], "true"]);
  setMode(root(), "side");
  expect([shown("[data-bench-swipe]"), one('[data-bench-mode="swipe"]').getAttribute("aria-pressed")]).toEqual([[false], "false"]);
});

test("a tool shows its part of the form and no other's", () => {
  setTool(root(), "lock");
  expect([shown("[data-bench-bar]"), shown("[data-bench-in]")]).toEqual([[false, true], [false, true]]);
});

test("a level offers its own targets", () => {
  setLevel(root(), "micro");
  expect([shown("[data-bench-for]"), root().dataset["level"]]).toEqual([[false, true], "micro"]);
});

test("buttons choose, and the handle draws the curtain", () => {
  const chosen: string[] = [];
  listen(root(), (level) => chosen.push(level), (mode) => chosen.push(mode));
  one('[data-bench-mode="swipe"]').click();
  one('[data-bench-level="micro"]').click();
  const handle = one<HTMLInputElement>("input");
  handle.value = "25";
  handle.dispatchEvent(new Event("input"));
  expect([chosen, root().style.getPropertyValue("--wg-curtain")]).toEqual([["swipe", "micro"], "25%"]);
});
