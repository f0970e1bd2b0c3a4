/** Ties drawings, keys, buttons, ticks and the form to the workbench. */
import { isHeld } from "./around.ts";
import type { Drawing } from "./drawing.ts";
import { under } from "./drawing.ts";
import { framed } from "./choice.ts";
import { type Hands, listen as listenTo } from "./gestures.ts";
import { neighboursOf } from "./plan.ts";
import { asked, type Tool } from "./tools.ts";
import type { Workbench } from "./workbench.ts";

function targetOf(bench: Workbench, event: PointerEvent): number | undefined {
  const isMicro = bench.tools.tool === "move" && bench.tools.level === "micro";
  return under(event, isMicro ? "micro" : "grid");
}

function houseOf(work: Workbench, event: PointerEvent): Workbench["bench"]["houses"][number] | undefined {
  const id = under(event, "house");
  return work.bench.houses.find((house) => house.id === id);
}

function click(work: Workbench, event: PointerEvent, drawing: Drawing): void {
  const { tools, choice, bench } = work;
  if (!bench.may_edit) return;
  const house = tools.tool === "move" ? houseOf(work, event) : undefined;
  if (house) return event.shiftKey ? choice.toggle(house) : choice.only(house);
  if (drawing.name !== "draft") return;
  if (tools.tool === "line") return work.act(tools.point(bench, drawing.at(event)));
  const key = targetOf(work, event);
  if (key !== undefined) work.grid(key);
}

export function handsOf(work: Workbench): Hands {
  const { tools, choice, board, bench } = work;
  return {
    begins(event, drawing) {
      if (event.pointerType === "touch") return work.root.hasAttribute("data-zoomed") ? "pan" : "none";
      if (work.cursor.isPanning || !bench.may_edit || drawing.name !== "draft") return "pan";
      if (tools.tool === "line") return "line";
      if (tools.tool !== "move") return "pan";
      if (event.shiftKey) return "frame";
      const house = houseOf(work, event);
      if (!house) return "pan";
      if (choice.of(house) === "none") choice.only(house);
      return "carry";
    },
    pan: (dx, dy) => board.pan(dx, dy),
    zoom: (factor, at) => board.zoom(factor, at),
    framed: (frame) => choice.add(framed(bench.houses, frame)),
    carried: (event) => work.aim(targetOf(work, event)),
    dropped(event) {
      const key = targetOf(work, event);
      if (key !== undefined) work.act(tools.grid(bench, choice.pieces, key));
      else work.clear();
    },
    line(from, to) {
      tools.forget();
      tools.point(bench, from);
      work.act(tools.point(bench, to));
    },
    click: (event, drawing) => click(work, event, drawing),
    twice(id) {
      const house = bench.houses.find((each) => each.id === id);
      if (house && bench.may_edit && tools.tool === "move") choice.add(neighboursOf(bench, house));
    },
    hover(event, drawing) {
      if (drawing.name !== "draft" || !bench.may_edit) return;
      if (tools.tool === "line") work.stretch(drawing.at(event));
      else work.aim(targetOf(work, event));
    },
    left: () => work.clear(),
  };
}

function listenToKeys(work: Workbench): void {
  const svg = work.board.draft?.svg;
  if (!svg) return;
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("role", "application"); // arrows are ours, not the screen reader's
  svg.addEventListener("keydown", (event) => {
    if (work.cursor.press(event)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const isFree = event.target === document.body && work.root.matches(":hover");
    if (event.code === "Space" && isFree) {
      work.cursor.isPanning = true;
      event.preventDefault();
    }
  });
  document.addEventListener("keyup", (event) => {
    if (event.code === "Space") work.cursor.isPanning = false;
  });
}

function listenToForm(work: Workbench): void {
  const form = work.root.querySelector<HTMLFormElement>("[data-bench-edit]");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isHeld(event.submitter)) return;
    const verb = (event.submitter as HTMLButtonElement | null)?.value ?? "";
    work.act(asked(verb, new FormData(form), work.bench, work.choice.pieces));
  });
  form?.addEventListener("change", (event) => {
    const select = event.target;
    if (select instanceof HTMLSelectElement && select.name.startsWith("to")) work.aim(Number(select.value));
  });
  work.root.addEventListener("change", (event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-bench-house]") : null;
    const house = work.bench.houses.find(({ id }) => String(id) === row?.dataset["benchHouse"]);
    if (house) work.choice.toggle(house);
  });
}

export function listen(work: Workbench): void {
  const [hands, { board }] = [handsOf(work), work];
  board.drawings.forEach((drawing) => listenTo(drawing, hands));
  listenToKeys(work);
  listenToForm(work);
  work.root.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("button") : null;
    if (!button) return;
    const { benchTool, benchZoomBy } = button.dataset;
    if (benchTool) work.take(benchTool as Tool);
    if (benchTool && event.detail === 0 && document.activeElement !== button) board.draft?.svg.focus(); // taken by its letter: arrows work at once
    if (benchZoomBy !== undefined) board.zoom(Number(benchZoomBy));
    if (button.matches("[data-bench-none]")) work.none();
  });
  new ResizeObserver(() => board.fit(work.tools.level)).observe(work.root);
}
