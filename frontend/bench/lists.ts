/** The drawings as lists: ticks for houses, rows of figures, and the choices of the form follow every edit. */
import { say } from "../modules/words.ts";
import type { Choice } from "./choice.ts";
import { type Bench, gridsOf, type House, householdsOf, type Side } from "./plan.ts";
import { whatOf } from "./card.ts";

function cell(tag: "td" | "th", text: string | number, look = ""): HTMLElement {
  const made = document.createElement(tag);
  if (tag === "th") made.setAttribute("scope", "row");
  if (look) made.className = look;
  made.textContent = String(text);
  return made;
}

function put(root: ParentNode, name: string, rows: HTMLElement[][]): void {
  const body = root.querySelector(`[data-bench-rows="${name}"]`);
  body?.replaceChildren(
    ...rows.map((cells) => {
      const row = document.createElement("tr");
      row.append(...cells);
      return row;
    }),
  );
}

function offer(select: HTMLSelectElement, choices: [number, string][]): void {
  const [held, at] = [select.value, select.selectedIndex];
  select.replaceChildren(
    ...choices.map(([key, name]) => {
      const option = document.createElement("option");
      [option.value, option.textContent] = [String(key), name];
      return option;
    }),
  );
  const isThere = choices.some(([key]) => String(key) === held);
  if (isThere) select.value = held;
  else select.selectedIndex = Math.min(Math.max(at, 0), choices.length - 1);
}

/** Rows, choices and counts of the draft. */
export function fill(root: ParentNode, bench: Bench, moved: ReadonlySet<number>): void {
  const { grids, micro } = bench.draft;
  const fits = (each: { is_within: boolean; says: string }): HTMLElement => cell("td", each.says, each.is_within ? "" : "wg-bad");
  put(root, "grids", grids.map((grid) => [
    cell("th", grid.name + (grid.is_locked ? ` · ${say("bench_locked")}` : "")), cell("td", grid.number), cell("td", grid.households, "wg-num"), fits(grid), cell("td", grid.micro, "wg-num"),
  ]));
  put(root, "micro", micro.map((each) => [cell("th", each.short), cell("td", each.households, "wg-num"), cell("td", each.minutes, "wg-num"), fits(each)]));
  root.querySelectorAll<HTMLSelectElement>("[data-bench-grids]").forEach((select) => offer(select, grids.map(({ key, name }) => [key, name])));
  root.querySelectorAll<HTMLSelectElement>("[data-bench-micro]").forEach((select) => offer(select, micro.map(({ key, short }) => [key, short])));
  for (const house of bench.houses) {
    const row = rowOf(root, house);
    row?.classList.toggle("wg-bench-moves", moved.has(house.id));
    const then = row?.querySelector("[data-bench-then]");
    if (then) then.textContent = gridsOf(bench.draft, house);
  }
}

/** How many grids a side has, and whether all of them fit. */
export function judge(pane: Element | null, side: Side): void {
  const counts = pane?.querySelector("[data-bench-counts]");
  if (counts) counts.textContent = say("bench_counts", { grids: side.grids.length, micro: side.micro.length });
  const out = [...side.grids, ...side.micro].filter((each) => !each.is_within).length;
  const verdict = pane?.querySelector("[data-bench-verdict]");
  if (!verdict) return;
  verdict.textContent = out ? `⚠ ${say("bench_out", { n: out })}` : `✓ ${say("bench_fit")}`;
  verdict.classList.toggle("wg-bench-verdict-bad", out > 0);
}

function rowOf(root: ParentNode, house: House): HTMLElement | null {
  return root.querySelector<HTMLElement>(`[data-bench-house="${house.id}"]`);
}

/** Ticks, the sentence of what is chosen, and the parts of a single house. */
export function tick(root: ParentNode, bench: Bench, choice: Choice): void {
  for (const house of bench.houses) {
    const box = rowOf(root, house)?.querySelector<HTMLInputElement>("input");
    if (!box) continue;
    box.checked = choice.of(house) === "all";
    box.indeterminate = choice.of(house) === "some";
  }
  const chosen = root.querySelector("[data-bench-chosen]");
  const { pieces } = choice;
  if (chosen) chosen.textContent = pieces.size ? say("bench_chosen", { what: whatOf(bench, pieces), n: householdsOf(bench, pieces) }) : say("bench_choose");
  split(root.querySelector<HTMLElement>("[data-bench-parts]"), bench, choice);
}

/** One house of several pieces: each can be taken out, and stays on offer after that. */
function split(place: HTMLElement | null, bench: Bench, choice: Choice): void {
  if (!place) return;
  const houses = bench.houses.filter((house) => choice.of(house) !== "none");
  const only = houses.length === 1 && (houses[0]?.pieces.length ?? 0) > 1 ? houses[0] : undefined;
  place.hidden = !only;
  if (place.dataset["house"] !== String(only?.id ?? "")) {
    place.dataset["house"] = String(only?.id ?? "");
    place.replaceChildren(...(only?.pieces ?? []).map((piece) => part(bench, piece, choice)));
  }
  place.querySelectorAll("input").forEach((box) => (box.checked = choice.pieces.has(Number(box.value))));
}

function part(bench: Bench, piece: number, choice: Choice): HTMLElement {
  const label = document.createElement("label");
  const box = document.createElement("input");
  [box.type, box.value] = ["checkbox", String(piece)];
  box.addEventListener("change", () => choice.part(piece, box.checked));
  const { name = "", households = 0 } = bench.pieces[piece] ?? {};
  label.append(box, ` ${name} ${households}`);
  return label;
}
