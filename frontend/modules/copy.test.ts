import { expect, test } from "vitest";
import { one, page } from "../testing/page.ts";
import { start } from "./copy.ts";

test("the print button appears only where a script can print", () => {
  page('<button data-print hidden>打印</button>');
  start();
  expect(one("button").hidden).toBe(false);
});
