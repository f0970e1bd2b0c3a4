import { expect, test } from "vitest";
import { one, page } from "../testing/page.ts";
import { start } from "./dialog.ts";

test("a link opens its dialog and the close button closes it", () => {
  page('<a href="#later" data-dialog="later">稍后</a><dialog id="later"><a href="#" data-dialog-close>关上</a></dialog>');
  start();
  one("[data-dialog]").click();
  expect(one<HTMLDialogElement>("dialog").open).toBe(true);
  one("[data-dialog-close]").click();
  expect(one<HTMLDialogElement>("dialog").open).toBe(false);
});
