/** Drafts: every keystroke of a `form[data-draft]` is kept on this device until the receipt, for a day at most. */
import { drop, keep, kept } from "./store.ts";
import { say } from "./words.ts";

interface Draft {
  at: number;
  values: Record<string, string[]>;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const PREFIX = "wg-draft:";
const HOUR = 3_600_000;
const NEVER = ["password", "file", "hidden", "submit", "button", "reset"];

function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.querySelectorAll<Field>("input[name], textarea[name], select[name]")].filter(
    (field) => !NEVER.includes(field.type) && !field.closest("[data-draft-skip]"),
  );
}

function isTick(field: Field): field is HTMLInputElement {
  return field.type === "checkbox" || field.type === "radio";
}

export function valuesOf(form: HTMLFormElement): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const field of fieldsOf(form)) {
    const list = (values[field.name] ??= []);
    if (!isTick(field)) list.push(field.value);
    else if (field.checked) list.push(field.value);
  }
  return values;
}

/** Put the kept values back; true when something came back that the page did not have. */
export function fill(form: HTMLFormElement, values: Record<string, string[]>): boolean {
  let changed = false;
  const queue = new Map(Object.entries(values).map(([name, list]) => [name, [...list]]));
  for (const field of fieldsOf(form)) {
    const list = queue.get(field.name);
    if (!list) continue;
    if (isTick(field)) {
      changed ||= field.checked !== list.includes(field.value);
      field.checked = list.includes(field.value);
    } else {
      const value = list.shift() ?? "";
      changed ||= value !== field.value;
      field.value = value;
    }
  }
  return changed;
}

export function save(form: HTMLFormElement, now: number): boolean {
  return keep(PREFIX + form.dataset["draft"], { at: now, values: valuesOf(form) } satisfies Draft);
}

/** Bring back what was written; an answer of the server with errors in it already carries the newer words. */
export function restore(form: HTMLFormElement, now: number): boolean {
  const key = PREFIX + form.dataset["draft"];
  const draft = kept<Draft>(key);
  if (!draft) return false;
  if (now - draft.at > Number(form.dataset["draftHours"] ?? 24) * HOUR) {
    drop(key);
    return false;
  }
  return form.querySelector("[data-errors]") === null && fill(form, draft.values);
}

function note(form: HTMLFormElement, text: string): void {
  form.querySelectorAll("[data-draft-note]").forEach((place) => {
    if (place.textContent !== text) place.textContent = text;
  });
}

export function start(): void {
  document.querySelectorAll<HTMLElement>("[data-draft-done]").forEach((place) => drop(PREFIX + place.dataset["draftDone"]));
  document.querySelectorAll<HTMLFormElement>("form[data-draft]").forEach((form) => {
    if (restore(form, Date.now())) note(form, say("draft_back"));
    form.addEventListener("input", () => {
      if (save(form, Date.now())) note(form, say("draft_kept"));
    });
  });
}
