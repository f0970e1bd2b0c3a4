/** What an answer changes around the drawings: figures, version, undo and redo, and whether the draft may go on. */
import type { Answer } from "./send.ts";

/** A button of no use now: one that was pressed a moment ago keeps the focus, so it is not switched off outright. */
export function hold(button: HTMLButtonElement, isOff: boolean): void {
  if (isOff && button.disabled) return;
  button.disabled = false;
  button.setAttribute("aria-disabled", String(isOff));
}

export function isHeld(button: HTMLElement | null): boolean {
  return button?.getAttribute("aria-disabled") === "true";
}

/** Whether the draft may be submitted now, where the answer says so. */
function may(root: HTMLElement, { may_submit, why_not }: Answer): void {
  if (may_submit === undefined) return;
  const show = (selector: string, isShown: boolean): void => document.querySelectorAll<HTMLElement>(selector).forEach((each) => (each.hidden = !isShown));
  show("[data-bench-may]", may_submit);
  show("[data-bench-may-not], [data-bench-why]", !may_submit);
  const [why, button] = [root.querySelector("[data-bench-why-text]"), root.querySelector<HTMLButtonElement>("[data-bench-submit]")];
  if (why) why.textContent = why_not ?? "";
  if (button) button.disabled = !may_submit;
}

export function around(root: HTMLElement, answer: Answer): void {
  root.querySelectorAll<HTMLInputElement>('input[name="version"]').forEach((input) => (input.value = String(answer.version)));
  for (const [part, html] of [["sheet", answer.sheet_html], ["changes", answer.changes_html]] as const) {
    const place = root.querySelector(`[data-bench-part="${part}"]`);
    if (place) place.innerHTML = html;
  }
  for (const name of ["undo", "redo"] as const) {
    const button = root.querySelector<HTMLButtonElement>(`[data-bench-${name}]`);
    if (!button) continue;
    hold(button, !answer[name]);
    button.title = answer[name];
  }
  may(root, answer);
}
