import { beforeEach, expect, test } from "vitest";
import { one, page } from "../testing/page.ts";
import { Box } from "./find.ts";

let opened: string[];
let box: Box;

/** Somebody typed, and the server answered with these links. */
function typed(text: string, links: string[] = ["/a", "/b", "/c"]): void {
  const input = one<HTMLInputElement>("input");
  input.focus();
  input.value = text;
  one("#list").innerHTML = links.map((link, n) => `<a role="option" aria-selected="false" id="o${n}" href="${link}" data-asked="${text}">${link}</a>`).join("");
  box.filled();
}

function press(code: string, more: KeyboardEventInit = {}): boolean {
  return box.press(new KeyboardEvent("keydown", { code, ...more }));
}

beforeEach(() => {
  page('<form data-find><input role="combobox" aria-expanded="false"><div id="list" role="listbox" hidden></div></form>');
  opened = [];
  box = new Box(one("input"), one("#list"), (link) => opened.push(link.getAttribute("href") ?? ""));
});

test("suggestions open under the box and close when there are none", () => {
  typed("桃园");
  expect([one("#list").hidden, one("input").getAttribute("aria-expanded")]).toEqual([false, "true"]);
  typed("桃园", []);
  expect([one("#list").hidden, one("input").getAttribute("aria-expanded")]).toEqual([true, "false"]);
});

test("the arrows walk round, and the box says on which one is", () => {
  typed("桃园");
  const seen = ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"].map((code) => {
    press(code);
    return one("input").getAttribute("aria-activedescendant");
  });
  expect(seen).toEqual(["o0", "o1", "o2", "o0", "o2"]);
  expect(document.querySelectorAll('[aria-selected="true"]').length).toBe(1);
});

test("Enter opens the first, or the one that was chosen", () => {
  typed("桃园");
  press("Enter");
  press("ArrowDown");
  press("ArrowDown");
  press("Enter");
  expect(opened).toEqual(["/a", "/b"]);
});

test("Enter sends the form while the list is for other words, and without a list", () => {
  typed("桃园");
  one<HTMLInputElement>("input").value = "桃园3";
  expect([press("Enter"), press("ArrowDown")]).toEqual([false, false]);
  typed("没有", []);
  expect(press("Enter")).toBe(false);
  expect(opened).toEqual([]);
});

test("Esc closes the list and only then leaves the box", () => {
  typed("桃园");
  expect([press("Escape"), one("#list").hidden, press("Escape")]).toEqual([true, true, false]);
});

test("no key is taken while Chinese is being composed", () => {
  typed("tao");
  expect([press("Enter", { isComposing: true }), press("ArrowDown", { isComposing: true })]).toEqual([false, false]);
  expect(opened).toEqual([]);
});
