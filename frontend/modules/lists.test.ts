import { expect, test } from "vitest";
import { one, page, server } from "../testing/page.ts";
import { measure, refresh } from "./lists.ts";

const row = (id: number, text: string, more = ""): string =>
  `<li data-row="${id}" ${more}><input type="checkbox" data-tick value="${id}"><a href="/${id}">${text}</a></li>`;
const list = (rows: string): string => `<ul id="rows" data-live-list="/desk">${rows}</ul>`;
const answer = (rows: string): Response => new Response(`<html><body>${list(rows)}</body></html>`);

test("new rows arrive; ticks, the current row and the focus stay", async () => {
  page(list(row(1, "old") + row(2, "two", 'aria-current="true"')));
  one<HTMLInputElement>('[value="2"]').checked = true;
  one<HTMLElement>('[data-row="2"] a').focus();

  expect(await refresh(one("#rows"), server(answer(row(3, "new") + row(2, "two"))).ask)).toBe(true);

  expect([...document.querySelectorAll("[data-row]")].map((item) => item.getAttribute("data-row"))).toEqual(["3", "2"]);
  expect(one<HTMLInputElement>('[value="2"]').checked).toBe(true);
  expect(one<HTMLInputElement>('[value="3"]').checked).toBe(false);
  expect(one('[data-row="2"]').getAttribute("aria-current")).toBe("true");
  expect(document.activeElement?.closest("[data-row]")?.getAttribute("data-row")).toBe("2");
});

test("what was unfolded stays unfolded, what was not stays folded", async () => {
  const folded = (open: string): string => `<details id="one" ${open}>1</details><details id="two">2</details>`;
  page(list(folded("open")));
  await refresh(one("#rows"), server(answer(folded(""))).ask);
  expect([...document.querySelectorAll("details")].map((part) => part.open)).toEqual([true, false]);
});

test("rows that more brought stay below the fresh first page, with the one that was pushed down", async () => {
  page(list(row(3, "three") + row(2, "two")));
  measure(one("#rows"));
  one("#rows").insertAdjacentHTML("beforeend", row(1, "one"));
  await refresh(one("#rows"), server(answer(row(4, "four") + row(3, "three"))).ask);
  expect([...document.querySelectorAll("[data-row]")].map((item) => item.getAttribute("data-row"))).toEqual(["4", "3", "2", "1"]);
});

test("nothing is swapped under the fingers of somebody typing", async () => {
  page(list(`${row(1, "one")}<li data-row="2"><textarea></textarea></li>`));
  one<HTMLTextAreaElement>("textarea").focus();
  expect(await refresh(one("#rows"), server(answer(row(3, "new"))).ask)).toBe(false);
  expect(document.querySelectorAll("[data-row]").length).toBe(2);
});

test.each([["a sign-in page", new Response("<main>sign in</main>")], ["a broken line", new Error("no line")], ["a refusal", new Response("", { status: 403 })]])(
  "%s instead of the list leaves it as it was",
  async (_name, reply) => {
    page(list(row(1, "one")));
    expect(await refresh(one("#rows"), server(reply).ask)).toBe(false);
    expect(document.querySelectorAll("[data-row]").length).toBe(1);
  },
);
