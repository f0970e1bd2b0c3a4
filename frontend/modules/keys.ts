/** Keys: declared on visible buttons by `data-key`, matched by position on the keyboard, never while typing. */
import { keep, kept } from "./store.ts";
import { say } from "./words.ts";

const OFF = "wg-keys-off";
const SIGNS: Record<string, string> = { Slash: "/", Period: ".", BracketLeft: "[", BracketRight: "]", Escape: "Esc", ArrowDown: "J", ArrowUp: "K", Equal: "+", NumpadAdd: "+", Minus: "-", NumpadSubtract: "-" };
const ALWAYS = new Set(["Esc", "Enter", "J", "K"]); // arrows, Enter and Esc stay when letters are switched off
const PATIENCE = 1500;

/** The name of a pressed key as it is written on a button: `A`, `3`, `/`, `Esc`; from its place, not its character. */
export function signOf(event: Pick<KeyboardEvent, "code" | "shiftKey">): string {
  if (event.code === "Slash" && event.shiftKey) return "?";
  const letter = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(event.code);
  const sign = letter?.[1] ?? letter?.[2] ?? SIGNS[event.code] ?? event.code;
  return event.shiftKey && /^[A-Z]$/.test(sign) ? `Shift+${sign}` : sign;
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select"));
}

function isShown(element: HTMLElement): boolean {
  return !element.closest("[hidden], [aria-disabled=true]") && !(element as HTMLButtonElement).disabled;
}

/** The button that answers to a sign in the top-most open dialog, else on the page. */
export function keyed(sign: string): HTMLElement | undefined {
  const open = [...document.querySelectorAll<HTMLElement>("dialog[open]")].pop();
  const found = [...(open ?? document).querySelectorAll<HTMLElement>("[data-key]")];
  return found.find((element) => element.dataset["key"] === sign && isShown(element) && (open || !element.closest("dialog")));
}

export function lettersAreOff(): boolean {
  return kept<boolean>(OFF) === true;
}

export function press(element: HTMLElement): void {
  if (element.matches("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select")) element.focus();
  else element.click();
}

export class Keys {
  private lead: { sign: string; at: number } | undefined;

  /** What a press does; true when it was ours. `Ctrl+Enter` sends the form one is typing in. */
  press(event: KeyboardEvent): boolean {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented || event.altKey || event.metaKey) return false;
    const typing = isEditable(event.target);
    if (event.ctrlKey) return this.withControl(event);
    const sign = signOf(event);
    if (typing) return sign === "Esc" && this.leave(event.target as HTMLElement);
    if (sign === "Enter" && event.target instanceof HTMLElement && event.target.matches("a, button, summary")) return false;
    const isArrow = event.code.startsWith("Arrow");
    if (lettersAreOff() && !isArrow && (!ALWAYS.has(sign) || /^[A-Z]$/.test(sign))) return false;
    return this.fire(this.joined(sign, event.timeStamp), sign, event.timeStamp);
  }

  private withControl(event: KeyboardEvent): boolean {
    if (event.code !== "Enter" || !(event.target instanceof Element)) return false;
    const send = event.target.closest("form")?.querySelector<HTMLElement>('[data-key="Ctrl+Enter"]');
    send?.click();
    return send !== null && send !== undefined;
  }

  private leave(target: HTMLElement): boolean {
    target.blur();
    return true;
  }

  private joined(sign: string, at: number): string {
    const lead = this.lead;
    this.lead = undefined;
    return lead && at - lead.at < PATIENCE ? `${lead.sign} ${sign}` : sign;
  }

  private fire(joined: string, sign: string, at: number): boolean {
    const button = keyed(joined);
    if (button) {
      press(button);
      return true;
    }
    if (sign === ".") this.lead = { sign, at };
    return false;
  }
}

function listed(): [string, string][] {
  return [...document.querySelectorAll<HTMLElement>("[data-key]")]
    .filter((element) => isShown(element) && !element.closest("dialog"))
    .map((element) => [element.dataset["key"] ?? "", element.dataset["keySays"] ?? element.getAttribute("aria-label") ?? words(element)]);
}

function words(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  copy.querySelectorAll(".wg-key, .wg-count").forEach((part) => part.remove());
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** What no button stands for, as the page says it itself: arrows in a drawing, the wheel. */
function more(): Node[] {
  return [...document.querySelectorAll("[data-keys-more] > li")].map((row) => row.cloneNode(true));
}

/** Fill the help dialog with what works on this page now. */
export function fillHelp(place: Element): void {
  const rows = listed().map(([sign, text]) => {
    const row = document.createElement("li");
    const key = document.createElement("kbd");
    key.className = "wg-key";
    key.textContent = sign;
    row.append(key, ` ${text}`);
    return row;
  });
  place.replaceChildren(...rows, ...more());
}

export function start(): void {
  const keys = new Keys();
  document.addEventListener("keydown", (event) => {
    if (keys.press(event)) event.preventDefault();
  });
  document.querySelectorAll<HTMLInputElement>("[data-keys-off]").forEach((box) => {
    box.checked = lettersAreOff();
    box.addEventListener("change", () => keep(OFF, box.checked));
  });
  document.addEventListener("wg:dialog", (event) => {
    const list = (event.target as Element).querySelector("[data-keys-list]");
    if (list) fillHelp(list);
    if (list && !list.childElementCount) list.textContent = say("no_keys");
  });
}
