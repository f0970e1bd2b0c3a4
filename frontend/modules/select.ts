/** Selection: tick rows (X, Shift+X for a range) and act on all of them in one bar that counts them. */
import { REFRESHED } from "./lists.ts";
import { currentOf, rowsOf } from "./rows.ts";
import { say } from "./words.ts";

export class Selection {
  private last: string | undefined;

  constructor(
    private readonly list: HTMLElement,
    private readonly bar: HTMLElement | null,
  ) {}

  private tickOf(row: Element): HTMLInputElement | null {
    return row.querySelector<HTMLInputElement>("[data-tick]");
  }

  ticked(): HTMLInputElement[] {
    return [...this.list.querySelectorAll<HTMLInputElement>("[data-tick]:checked")];
  }

  toggle(row: HTMLElement): void {
    const tick = this.tickOf(row);
    if (tick) tick.checked = !tick.checked;
    this.last = row.dataset["row"];
    this.paint();
  }

  /** Tick everything from the last ticked row to this one. */
  range(row: HTMLElement): void {
    const rows = rowsOf(this.list);
    const from = rows.findIndex((other) => other.dataset["row"] === this.last);
    const to = rows.indexOf(row);
    rows.slice(Math.min(from < 0 ? to : from, to), Math.max(from, to) + 1).forEach((other) => {
      const tick = this.tickOf(other);
      if (tick) tick.checked = true;
    });
    this.last = row.dataset["row"];
    this.paint();
  }

  all(on: boolean): void {
    this.list.querySelectorAll<HTMLInputElement>("[data-tick]").forEach((tick) => (tick.checked = on));
    this.paint();
  }

  paint(): void {
    const count = this.ticked().length;
    rowsOf(this.list).forEach((row) => row.toggleAttribute("data-picked", this.tickOf(row)?.checked === true));
    if (!this.bar) return;
    this.bar.hidden = count === 0;
    const place = this.bar.querySelector("[data-bulk-count]");
    if (place) place.textContent = say("picked", { n: count });
  }
}

export function start(): void {
  const list = document.querySelector<HTMLElement>("[data-rows]");
  if (!list?.querySelector("[data-tick]") && !document.querySelector("[data-bulk]")) return;
  if (!list) return;
  const selection = new Selection(list, document.querySelector<HTMLElement>("[data-bulk]"));
  selection.paint();
  list.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if (box.matches("[data-tick-all]")) selection.all(box.checked);
    else selection.paint();
  });
  list.addEventListener(REFRESHED, () => selection.paint());
  document.querySelectorAll<HTMLElement>("[data-pick]").forEach((button) => {
    button.addEventListener("click", () => {
      const row = currentOf(list);
      if (row && button.dataset["pick"] === "range") selection.range(row);
      else if (row) selection.toggle(row);
    });
  });
  document.querySelectorAll("[data-pick-none]").forEach((button) => button.addEventListener("click", () => selection.all(false)));
}
