import { expect, test } from "vitest";
import { one, page } from "../testing/page.ts";
import { languageOf, textOf } from "./speak.ts";

test("buttons and drawings are not read aloud", () => {
  page("<section><svg><text>x</text></svg><h1>收到了</h1>\n <p>查询号 1120 0412</p><button>念给我听</button></section>");
  expect(textOf(one("section"))).toBe("收到了 查询号 1120 0412");
});

test("the voice follows the language of the part", () => {
  page('<div lang="zh-Hans"><p>一</p><p lang="en" id="e">one</p></div>');
  expect([languageOf(one("p")), languageOf(one("#e"))]).toEqual(["zh-CN", "en-GB"]);
});
