import { beforeEach, expect, test, vi } from "vitest";
import { one, page, server } from "../testing/page.ts";
import { Sender } from "./offline.ts";

const FORM = `<div data-offline-bar hidden><span data-offline-text></span></div><form action="/r" data-offline>
  <div class="wg-field" data-field="text"><div id="id_text_error" data-field-errors></div><textarea name="text">没写完</textarea></div></form>`;
const WRONG = `<form><div data-errors tabindex="-1">有 1 处要改</div><div class="wg-field wg-field-wrong" data-field="text">
  <div id="id_text_error" data-field-errors>请写一句话</div><textarea name="text" aria-invalid="true" aria-describedby="id_text_error"></textarea></div></form>`;

let gone: string[];
const sender = (ask: typeof fetch): Sender => new Sender(one<HTMLFormElement>("form"), (url) => gone.push(url), ask);

beforeEach(() => {
  vi.useFakeTimers();
  page(FORM);
  gone = [];
});

function receipt(): Response {
  const answer = new Response("ok");
  Object.defineProperties(answer, { redirected: { value: true }, url: { value: "/receipt/1" } });
  return answer;
}

test("a report that arrived goes to its receipt", async () => {
  expect(await sender(server(receipt()).ask).send()).toBe("gone");
  expect(gone).toEqual(["/receipt/1"]);
});

test("without net the banner says so and the report goes by itself later, once", async () => {
  const { ask, asked } = server(new Error("no line"), new Response("", { status: 503 }), receipt());
  expect(await sender(ask).send()).toBe("no_net");
  expect(one("[data-offline-bar]").hidden).toBe(false);
  expect(one("[data-offline-text]").textContent).toBe("没有网络");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(gone).toEqual(["/receipt/1"]);
  expect(asked.length).toBe(3);
  expect(one("[data-offline-bar]").hidden).toBe(true);
});

test("errors of the server are shown in the form that is still here, words and photos stay", async () => {
  expect(await sender(server(new Response(WRONG)).ask).send()).toBe("answered");
  expect(one("form > [data-errors]").textContent).toBe("有 1 处要改");
  expect(one("#id_text_error").textContent).toBe("请写一句话");
  expect(one("textarea").getAttribute("aria-invalid")).toBe("true");
  expect(one<HTMLTextAreaElement>("textarea").value).toBe("没写完");
});

test("two presses send once", async () => {
  const { ask, asked } = server(receipt());
  const both = sender(ask);
  await Promise.all([both.send(), both.send()]);
  expect(asked.length).toBe(1);
});
