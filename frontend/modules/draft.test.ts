import { beforeEach, expect, test } from "vitest";
import { one, page } from "../testing/page.ts";
import { restore, save, start, valuesOf } from "./draft.ts";

const FORM = `<form data-draft="report:abc"><input type="hidden" name="csrf" value="secret"><textarea name="text"></textarea>
  <input name="phone"><input type="password" name="pin"><input type="radio" name="who" value="me" checked><input type="radio" name="who" value="other">
  <p data-draft-note></p></form>`;
const form = (): HTMLFormElement => one<HTMLFormElement>("form");
const HOUR = 3_600_000;

beforeEach(() => {
  localStorage.clear();
  page(FORM);
});

function write(text: string): void {
  one<HTMLTextAreaElement>("textarea").value = text;
  one<HTMLInputElement>('[value="other"]').checked = true;
}

test("what was written comes back after the tab was killed", () => {
  write("12 幢南边冒水");
  save(form(), 0);
  page(FORM);
  expect(restore(form(), HOUR)).toBe(true);
  expect(one<HTMLTextAreaElement>("textarea").value).toBe("12 幢南边冒水");
  expect(one<HTMLInputElement>('[value="other"]').checked).toBe(true);
});

test("passwords and hidden fields are never kept", () => {
  one<HTMLInputElement>('[name="pin"]').value = "123456";
  expect(Object.keys(valuesOf(form()))).toEqual(["text", "phone", "who"]);
});

test("after a day the words of the last person on this phone are gone", () => {
  write("x");
  save(form(), 0);
  page(FORM);
  expect(restore(form(), 25 * HOUR)).toBe(false);
  expect(localStorage.length).toBe(0);
});

test("an answer with errors carries the newer words and is left alone", () => {
  write("old");
  save(form(), 0);
  page(FORM.replace("<p", '<div data-errors></div><p').replace("></textarea>", ">new</textarea>"));
  expect(restore(form(), HOUR)).toBe(false);
  expect(one<HTMLTextAreaElement>("textarea").value).toBe("new");
});

test("each keystroke is kept and said; the receipt clears it", () => {
  start();
  write("x");
  one("textarea").dispatchEvent(new Event("input", { bubbles: true }));
  expect(one("[data-draft-note]").textContent).toBe("写的字都留着");
  expect(localStorage.length).toBe(1);
  page('<div data-draft-done="report:abc"></div>');
  start();
  expect(localStorage.length).toBe(0);
});
