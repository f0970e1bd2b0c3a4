import { beforeEach, expect, test } from "vitest";
import { one, page, server, WORDS } from "../testing/page.ts";
import { send } from "./send.ts";

const form = (): HTMLFormElement => one<HTMLFormElement>("form");
const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

beforeEach(() => {
  WORDS["bench_no_net"] = "没有回音";
  page('<form method="post" action="/edit"><input type="hidden" name="csrfmiddlewaretoken" value="t"></form>');
});

test("an edit goes out with token and version, and the answer comes back", async () => {
  let sent: RequestInit = {};
  const outcome = await send(form(), 7, { verb: "split", grid: "1" }, (_url, request) => {
    sent = request ?? {};
    return Promise.resolve(json({ version: 8, says: "拆了" }));
  });
  expect(String(sent.body)).toBe("csrfmiddlewaretoken=t&version=7&verb=split&grid=1");
  expect(new Headers(sent.headers).get("Accept")).toBe("application/json");
  expect(outcome).toEqual({ answer: { version: 8, says: "拆了" } });
});

test("a refusal says why; who came too late may load again", async () => {
  expect(await send(form(), 7, { verb: "undo" }, server(json({ says: "断开" }, 422)).ask)).toEqual({ trouble: "断开", isStale: false });
  expect(await send(form(), 7, { verb: "undo" }, server(json({ says: "有人改过" }, 409)).ask)).toEqual({ trouble: "有人改过", isStale: true });
});

test("a broken line and a page instead of an answer change nothing and say so", async () => {
  expect(await send(form(), 7, { verb: "undo" }, server(new Error("broken")).ask)).toEqual({ trouble: "没有回音", isStale: false });
  const html = new Response("<h1>no</h1>", { status: 500, headers: { "Content-Type": "text/html" } });
  expect(await send(form(), 7, { verb: "undo" }, server(html).ask)).toEqual({ trouble: "没有回音", isStale: false });
});
