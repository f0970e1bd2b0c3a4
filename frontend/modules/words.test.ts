import { expect, test } from "vitest";
import { page } from "../testing/page.ts";
import { say } from "./words.ts";

test("places in a text are filled, unknown ones stay to be seen", () => {
  page("");
  expect(say("hours_minutes", { h: 1, n: 12 })).toBe("1 小时 12 分");
  expect(say("hours_minutes", { h: 1 })).toBe("1 小时 {n} 分");
});

test("a text nobody translated shows its key", () => {
  page("");
  expect(say("unheard")).toBe("unheard");
});
