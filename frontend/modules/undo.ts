/** The toast after an act: says what was done, offers to undo it (Z) while its seconds run, then leaves. */
import { say } from "./words.ts";

const TICK = 1000;

export class Toast {
  left: number;
  private held = false;

  constructor(private readonly toast: HTMLElement) {
    this.left = Number(toast.dataset["toast"] || 8);
    for (const [event, held] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]] as const) {
      toast.addEventListener(event, () => (this.held = held));
    }
  }

  /** One second passed; false when the toast is gone. Who points at it or has it focused is given time. */
  tick(): boolean {
    if (this.held) return true;
    this.left -= 1;
    const seconds = this.toast.querySelector("[data-toast-left]");
    if (seconds) seconds.textContent = say("seconds", { n: this.left });
    if (this.left > 0) return true;
    this.toast.remove();
    return false;
  }
}

function run(element: HTMLElement): void {
  const toast = new Toast(element);
  const timer = setInterval(() => {
    if (!toast.tick() || !element.isConnected) clearInterval(timer);
  }, TICK);
}

/** Only one toast at a time: an older one makes room. */
export function adopt(root: ParentNode = document): HTMLElement | undefined {
  const toasts = [...root.querySelectorAll<HTMLElement>("[data-toast]:not([data-toast-on])")];
  const newest = toasts.pop();
  if (!newest) return undefined;
  document.querySelectorAll("[data-toast]").forEach((other) => other !== newest && other.remove());
  newest.setAttribute("data-toast-on", "");
  run(newest);
  return newest;
}

export function start(): void {
  adopt();
  document.addEventListener("htmx:after:swap", () => void adopt());
}
