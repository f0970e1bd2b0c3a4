import { beforeEach, expect, test } from "vitest";
import { bench, grid } from "../testing/bench.ts";
import { one, page, server, WORDS } from "../testing/page.ts";
import type { Answer } from "./send.ts";
import { Workbench } from "./workbench.ts";

const LAYERS = ["grids", "micro", "houses", "labels", "live"].map((name) => `<g data-bench-layer="${name}"></g>`).join("");
const PAGE = `<div data-bench>
  <form method="post" action="/edit" data-bench-edit><input type="hidden" name="version" value="7"><div data-bench-bar="move"></div><div data-bench-bar="split lock" hidden></div></form>
  <button data-bench-undo disabled></button><button data-bench-redo disabled></button>
  <p data-bench-says></p><div data-bench-trouble hidden><span data-bench-trouble-text></span><a data-bench-reload hidden></a></div>
  <section data-bench-pane="draft"><svg data-bench-map="draft">${LAYERS}</svg><div data-bench-card hidden></div></section>
  <div data-bench-part="sheet">old</div><div data-bench-part="changes">old</div>
  <p data-bench-why><span data-bench-why-text></span></p><button data-bench-submit></button></div>`;

const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });

function answer(more: Partial<Answer> = {}): Answer {
  const { draft } = bench();
  draft.grids = [grid(1, 430), grid(2, 330)];
  draft.general[0] = 2;
  return { draft, version: 8, undo: "移了甲园 1 幢", redo: "", sheet_html: "<b>新成绩</b>", changes_html: "<b>新变化</b>", says: "移好了", ...more };
}

function work(...answers: (Response | Error)[]): { made: Workbench; asked: string[] } {
  page(PAGE);
  const { ask, asked } = server(...answers);
  return { made: new Workbench(one("[data-bench]"), bench(), ask), asked };
}

beforeEach(() => Object.assign(WORDS, { bench_at_home: "已经在那里", bench_busy: "正在办", bench_no_net: "没有回音", bench_house: "{name}，{n} 户，{grid}", bench_becomes: "{grid} {before} → {after}" }));

test("an edit brings new drawing, figures, version and undo, and is said", async () => {
  const { made } = work(json(answer()));
  made.choice.only(made.bench.houses[0]!);
  await made.send({ verb: "move", pieces: "0", to: "2" });
  expect(one("[data-bench-says]").textContent).toBe("移好了");
  expect([one('[data-bench-part="sheet"]').innerHTML, one('[data-bench-part="changes"]').innerHTML]).toEqual(["<b>新成绩</b>", "<b>新变化</b>"]);
  expect(one<HTMLInputElement>("[name=version]").value).toBe("8");
  expect([one<HTMLButtonElement>("[data-bench-undo]").disabled, one<HTMLButtonElement>("[data-bench-redo]").disabled]).toEqual([false, true]);
  expect([made.choice.pieces.size, made.bench.draft.general[0]]).toEqual([0, 2]);
});

test("a refused edit changes nothing; who came too late is offered to load again", async () => {
  const { made } = work(json({ says: "别人刚改过" }, 409), json({ says: "会断开" }, 422));
  await made.send({ verb: "undo" });
  expect([one("[data-bench-trouble]").hidden, one("[data-bench-reload]").hidden, one("[data-bench-trouble-text]").textContent]).toEqual([false, false, "别人刚改过"]);
  await made.send({ verb: "undo" });
  expect([one("[data-bench-reload]").hidden, one("[data-bench-trouble-text]").textContent]).toEqual([true, "会断开"]);
  expect(made.bench.version).toBe(7);
});

test("while an edit is on its way a second one waits for nobody: it is not sent", async () => {
  const { made, asked } = work(json(answer()), json(answer()));
  await Promise.all([made.send({ verb: "undo" }), made.send({ verb: "undo" })]);
  expect(asked.length).toBe(1);
  expect(one('[data-bench-pane="draft"]').hasAttribute("aria-busy")).toBe(false);
});

test("aiming shows the card only where something would move", () => {
  const { made } = work();
  made.choice.only(made.bench.houses[0]!);
  made.aim(2);
  expect([one("[data-bench-card]").hidden, one("[data-bench-card]").textContent]).toEqual([false, expect.stringContaining("02 310 → 330")]);
  made.aim(1);
  expect(one("[data-bench-card]").hidden).toBe(true);
});

test("by keyboard one hears the house one is on, takes it, and is told when it lies there already", () => {
  const { made, asked } = work();
  const press = (code: string): boolean => made.cursor.press(new KeyboardEvent("keydown", { code }));
  press("ArrowRight");
  expect(one("[data-bench-says]").textContent).toBe("甲园 1 幢，20 户，01");
  press("Enter");
  expect([...made.choice.pieces]).toEqual([0]);
  made.act(made.tools.grid(made.bench, made.choice.pieces, 1));
  expect([one("[data-bench-says]").textContent, asked]).toEqual(["已经在那里", []]);
});

test("another tool shows its own part of the form", () => {
  const { made } = work();
  made.take("split");
  expect([...document.querySelectorAll<HTMLElement>("[data-bench-bar]")].map((bar) => bar.hidden)).toEqual([true, false]);
});

test("a draft that no longer fits cannot be submitted, and says why", async () => {
  const { made } = work(json(answer({ may_submit: false, why_not: "04 不足 18 户" })));
  await made.send({ verb: "undo" });
  expect([one<HTMLButtonElement>("[data-bench-submit]").disabled, one("[data-bench-why]").hidden, one("[data-bench-why-text]").textContent]).toEqual([true, false, "04 不足 18 户"]);
});

test("a button just pressed keeps the focus when there is nothing left to undo, and does nothing more", async () => {
  const { made } = work(json(answer()), json(answer({ undo: "", redo: "移了甲园 1 幢" })));
  const undo = one<HTMLButtonElement>("[data-bench-undo]");
  await made.send({ verb: "move", pieces: "0", to: "2" });
  undo.focus();
  await made.send({ verb: "undo" });
  expect([document.activeElement, undo.disabled, undo.getAttribute("aria-disabled")]).toEqual([undo, false, "true"]);
});

test("after an edit the keys are on where they were, and on the nearest grid where theirs ended", async () => {
  const { draft } = answer();
  draft.grids = [grid(1, 760)];
  const { made } = work(json(answer()), json(answer({ draft })));
  made.take("split");
  const press = (code: string): boolean => made.cursor.press(new KeyboardEvent("keydown", { code }));
  press("ArrowRight");
  press("ArrowRight");
  await made.send({ verb: "split", grid: "2" });
  expect(made.cursor.place).toMatchObject({ key: 2, households: 330 });
  await made.send({ verb: "merge", grids: "1,2" });
  expect(made.cursor.place).toMatchObject({ key: 1 });
});
