import { expect, test, vi } from "vitest";
import { start } from "./forget.ts";

test("the page takes the place of the answer to a form, under its own address and with its own state", () => {
  const replaced = vi.spyOn(history, "replaceState");
  start();
  expect(replaced).toHaveBeenCalledWith(history.state, "", location.href);
});
