/** Live lists: fetches the list again when it changed and swaps its rows, keeping ticks, the current row, typing and what is unfolded. */
import { REFRESH } from "./changes.ts";
import { repaintAll, serverNow } from "./clock.ts";

export const REFRESHED = "wg:refreshed";

interface Kept {
  ticked: Set<string>;
  current: string | undefined;
  focused: string | undefined;
  unfolded: Set<string>;
}

function remember(list: Element): Kept {
  const ticked = [...list.querySelectorAll<HTMLInputElement>("[data-tick]:checked")].map((tick) => tick.value);
  const current = list.querySelector<HTMLElement>('[data-row][aria-current="true"]')?.dataset["row"];
  const focused = document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset["row"];
  const unfolded = [...list.querySelectorAll("details[open][id]")].map((part) => part.id);
  return { ticked: new Set(ticked), current, focused, unfolded: new Set(unfolded) };
}

function restore(list: Element, kept: Kept): void {
  list.querySelectorAll<HTMLDetailsElement>("details[id]").forEach((part) => {
    part.open ||= kept.unfolded.has(part.id);
  });
  list.querySelectorAll<HTMLInputElement>("[data-tick]").forEach((tick) => {
    tick.checked = kept.ticked.has(tick.value);
  });
  list.querySelectorAll<HTMLElement>("[data-row]").forEach((row) => {
    if (row.dataset["row"] === kept.current) row.setAttribute("aria-current", "true");
    if (row.dataset["row"] === kept.focused) row.querySelector<HTMLElement>("a, [data-tick]")?.focus({ preventScroll: true });
  });
}

function isTyping(list: Element): boolean {
  const at = document.activeElement;
  return at !== null && list.contains(at) && at.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

const firstPages = new WeakMap<Element, number>();

/** In a list that "more" made longer, what followed the last row of the fresh first page stays below it. */
function appended(list: Element, fresh: Element): Element[] {
  const rows = [...list.querySelectorAll<HTMLElement>("[data-row]")];
  if (rows.length <= (firstPages.get(list) ?? rows.length)) return [];
  const brought = new Set([...fresh.querySelectorAll<HTMLElement>("[data-row]")].map((row) => row.dataset["row"]));
  const isShared = rows.map((row) => brought.has(row.dataset["row"]));
  return rows.slice(isShared.lastIndexOf(true) + 1);
}

/** Put the same list of a fetched page in the place of this one; false when the page has no such list. */
export function swap(list: Element, html: string): boolean {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.getElementById(list.id);
  if (!fresh) return false;
  const kept = remember(list);
  const below = appended(list, fresh);
  firstPages.set(list, fresh.querySelectorAll("[data-row]").length);
  list.replaceChildren(...fresh.childNodes, ...below);
  restore(list, kept);
  repaintAll(serverNow(), list);
  list.dispatchEvent(new CustomEvent(REFRESHED, { bubbles: true }));
  return true;
}

/** Fetch and swap; waits for the next change while somebody types in the list. */
export async function refresh(list: HTMLElement, ask: typeof fetch = (...request) => fetch(...request)): Promise<boolean> {
  if (isTyping(list)) return false;
  try {
    const answer = await ask(list.dataset["liveList"] || location.href, { credentials: "same-origin" });
    return answer.ok && !isTyping(list) && swap(list, await answer.text());
  } catch {
    return false; // the next poll says that the net is gone
  }
}

/** Remember how many rows the first page has, before "more" brings others. */
export function measure(list: Element): void {
  firstPages.set(list, list.querySelectorAll("[data-row]").length);
}

export function start(): void {
  document.querySelectorAll("[data-live-list]").forEach(measure);
  const busy = new WeakSet<Element>();
  document.addEventListener(REFRESH, (event) => {
    const list = event.target;
    if (!(list instanceof HTMLElement) || busy.has(list)) return;
    busy.add(list);
    void refresh(list).finally(() => busy.delete(list));
  });
}
