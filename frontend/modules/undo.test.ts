import { expect, test } from "vitest";
import { one, page } from "../testing/page.ts";
import { adopt, Toast } from "./undo.ts";

test("a toast counts its seconds and leaves", () => {
  page('<div data-toast="3"><span data-toast-left></span></div>');
  const toast = new Toast(one("[data-toast]"));
  expect([toast.tick(), toast.tick()]).toEqual([true, true]);
  expect(one("[data-toast-left]").textContent).toBe("1 秒");
  expect(toast.tick()).toBe(false);
  expect(document.querySelector("[data-toast]")).toBe(null);
});

test("who points at it is given time", () => {
  page('<div data-toast="2"></div>');
  const toast = new Toast(one("[data-toast]"));
  one("[data-toast]").dispatchEvent(new Event("pointerenter"));
  expect([toast.tick(), toast.tick(), toast.tick(), toast.left]).toEqual([true, true, true, 2]);
  one("[data-toast]").dispatchEvent(new Event("pointerleave"));
  expect([toast.tick(), toast.tick()]).toEqual([true, false]);
});

test("only the newest toast stays", () => {
  page('<div data-toast id="a"></div><div data-toast id="b"></div>');
  expect(adopt()?.id).toBe("b");
  expect([...document.querySelectorAll("[data-toast]")].map((toast) => toast.id)).toEqual(["b"]);
  expect(adopt()).toBe(undefined);
});
