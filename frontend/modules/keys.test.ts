import { beforeEach, expect, test } from "vitest";
import { one, page } from "../testing/page.ts";
import { fillHelp, Keys, signOf } from "./keys.ts";
import { keep } from "./store.ts";

let clicked: string[];

function show(html: string): void {
  page(html);
  clicked = [];
  document.querySelectorAll<HTMLElement>("button").forEach((button) => button.addEventListener("click", () => clicked.push(button.textContent ?? "")));
}

function press(code: string, more: KeyboardEventInit = {}, target: Element = document.body, keys = new Keys()): boolean {
  const event = new KeyboardEvent("keydown", { code, bubbles: true, ...more });
  target.dispatchEvent(event);
  Object.defineProperty(event, "target", { value: target });
  return keys.press(event);
}

const DESK = `<button data-key="A">accept</button><button data-key="3">third</button><button data-key="J">next</button><button data-key="Z" hidden>undo</button>
  <form><textarea></textarea><button type="button" data-key="Ctrl+Enter">send</button></form>`;

beforeEach(() => {
  localStorage.clear();
  show(DESK);
});

test.each([["KeyA", false, "A"], ["KeyX", true, "Shift+X"], ["Numpad3", false, "3"], ["Slash", false, "/"], ["Slash", true, "?"], ["ArrowDown", false, "J"], ["Escape", false, "Esc"], ["Equal", true, "+"], ["Minus", false, "-"]])(
  "%s (shift %s) is written %s on a button",
  (code, shiftKey, sign) => expect(signOf({ code, shiftKey })).toBe(sign),
);

test("a key presses its button by its place on the keyboard, whatever character an input method makes of it", () => {
  expect(press("KeyA", { key: "ㄇ" })).toBe(true);
  press("Digit3");
  press("ArrowDown");
  expect(clicked).toEqual(["accept", "third", "next"]);
});

test.each([
  ["while a Chinese word is being composed", { isComposing: true }],
  ["with Alt", { altKey: true }],
  ["with Meta", { metaKey: true }],
  ["with Control", { ctrlKey: true }],
])("no key fires %s", (_name, more) => {
  expect(press("KeyA", more)).toBe(false);
  expect(clicked).toEqual([]);
});

test("typing is typing: letters do nothing, Esc leaves the field, Ctrl+Enter sends its form", () => {
  const field = one<HTMLTextAreaElement>("textarea");
  field.focus();
  expect(press("KeyA", {}, field)).toBe(false);
  expect(press("Enter", { ctrlKey: true }, field)).toBe(true);
  expect(press("Escape", {}, field)).toBe(true);
  expect(clicked).toEqual(["send"]);
  expect(document.activeElement).not.toBe(field);
});

test("hidden and locked buttons do not answer", () => {
  one('[data-key="A"]').setAttribute("aria-disabled", "true");
  expect([press("KeyZ"), press("KeyA")]).toEqual([false, false]);
  expect(clicked).toEqual([]);
});

test("letters can be switched off; arrows stay", () => {
  keep("wg-keys-off", true);
  expect([press("KeyA"), press("Digit3"), press("KeyJ"), press("ArrowDown")]).toEqual([false, false, false, true]);
  expect(clicked).toEqual(["next"]);
});

test("a point and a letter go to a place, but only soon after each other", () => {
  show('<button data-key=". I">intake</button>');
  const keys = new Keys();
  press("Period", {}, document.body, keys);
  expect(press("KeyI", {}, document.body, keys)).toBe(true);
  expect(press("KeyI", {}, document.body, keys)).toBe(false);
  expect(clicked).toEqual(["intake"]);
});

test("an open dialog keeps the keys to itself", () => {
  show('<button data-key="A">behind</button><dialog open><button data-key="Esc">close</button></dialog>');
  press("KeyA");
  press("Escape");
  expect(clicked).toEqual(["close"]);
});

test("help lists what works here now, in the words of the buttons", () => {
  show('<button data-key="A">受理 <kbd class="wg-key">A</kbd></button><button data-key="Z" hidden>撤销</button><ul id="help"></ul>');
  fillHelp(one("#help"));
  expect(one("#help").textContent).toBe("A 受理");
});

test("help says as well what a page writes of its own: what no button stands for", () => {
  page('<button data-key="A">受理</button><ul data-keys-more hidden><li>↑ 上一幢</li></ul><ul id="help"></ul>');
  fillHelp(one("#help"));
  expect([...document.querySelectorAll("#help > li")].map((row) => row.textContent)).toEqual(["A 受理", "↑ 上一幢"]);
});
