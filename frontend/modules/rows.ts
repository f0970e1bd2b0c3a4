/** Rows: J and K move through a list, Enter opens, the detail beside the list follows without leaving it. */
import { REFRESHED } from "./lists.ts";

const PAUSE = 120; // a held key runs through rows without loading each of them

export function rowsOf(list: ParentNode): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>("[data-row]")];
}

export function currentOf(list: ParentNode): HTMLElement | undefined {
  return rowsOf(list).find((row) => row.getAttribute("aria-current") === "true");
}

export function choose(row: HTMLElement, list: ParentNode): void {
  rowsOf(list).forEach((other) => other.removeAttribute("aria-current"));
  row.setAttribute("aria-current", "true");
  row.scrollIntoView?.({ block: "nearest" });
  row.dispatchEvent(new CustomEvent("wg:row", { bubbles: true, detail: { row: row.dataset["row"] } }));
}

/** Move by one; from nowhere to the first row, at the ends one stays. */
export function move(list: ParentNode, by: 1 | -1): HTMLElement | undefined {
  const rows = rowsOf(list);
  const at = rows.findIndex((row) => row.getAttribute("aria-current") === "true");
  const next = rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)];
  if (next) choose(next, list);
  return next;
}

export async function showDetail(row: HTMLElement, pane: HTMLElement, ask: typeof fetch = (...request) => fetch(...request)): Promise<void> {
  const url = row.dataset["detail"];
  if (!url) return;
  pane.setAttribute("aria-busy", "true");
  try {
    const answer = await ask(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok || row.getAttribute("aria-current") !== "true") return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.querySelector("[data-detail-part]");
    pane.replaceChildren(...(part ? [part] : page.body.childNodes));
    pane.scrollTop = 0;
    pane.dispatchEvent(new CustomEvent(REFRESHED, { bubbles: true }));
  } finally {
    pane.removeAttribute("aria-busy");
  }
}

export function start(): void {
  const list = document.querySelector<HTMLElement>("[data-rows]");
  if (!list) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  list.addEventListener("wg:row", (event) => {
    const pane = document.querySelector<HTMLElement>("[data-detail-pane]");
    const row = event.target;
    clearTimeout(timer);
    if (pane && row instanceof HTMLElement) timer = setTimeout(() => void showDetail(row, pane), PAUSE);
  });
  list.addEventListener("click", (event) => {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>("[data-row]");
    if (row && !target.closest("a, button, input, label")) choose(row, list);
  });
  document.querySelectorAll<HTMLElement>("[data-rows-move]").forEach((button) => {
    button.addEventListener("click", () => move(list, button.dataset["rowsMove"] === "back" ? -1 : 1));
  });
  document.querySelectorAll<HTMLElement>("[data-rows-open]").forEach((button) => {
    button.addEventListener("click", () => currentOf(list)?.querySelector<HTMLElement>("[data-open]")?.click());
  });
}
