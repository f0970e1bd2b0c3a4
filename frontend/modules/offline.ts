/** A report without net: says so calmly, keeps everything in the form, and sends by itself when the net is back. */
import { say } from "./words.ts";

const WAITS = [5_000, 15_000, 30_000, 60_000];

export type Sent = "gone" | "answered" | "no_net";

/** Put the errors of the server's answer into the form that is still here, so that chosen photos are not lost. */
export function takeErrors(form: HTMLFormElement, html: string): boolean {
  const answer = new DOMParser().parseFromString(html, "text/html");
  const errors = answer.querySelector("[data-errors]");
  if (!errors) return false;
  form.querySelectorAll("[data-errors]").forEach((old) => old.remove());
  form.prepend(document.importNode(errors, true));
  answer.querySelectorAll<HTMLElement>("[data-field]").forEach((fresh) => {
    const old = form.querySelector<HTMLElement>(`[data-field="${fresh.dataset["field"]}"]`);
    if (!old) return;
    old.className = fresh.className;
    const [oldPlace, freshPlace] = [old.querySelector("[data-field-errors]"), fresh.querySelector("[data-field-errors]")];
    if (oldPlace && freshPlace) oldPlace.replaceWith(document.importNode(freshPlace, true));
    const [input, told] = [old.querySelector("input, textarea, select"), fresh.querySelector("input, textarea, select")];
    for (const name of ["aria-invalid", "aria-describedby"]) {
      const value = told?.getAttribute(name);
      if (value) input?.setAttribute(name, value);
      else input?.removeAttribute(name);
    }
  });
  form.querySelector<HTMLElement>("[data-errors]")?.focus();
  return true;
}

export class Sender {
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending = false;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly go: (url: string) => void = (url) => location.assign(url),
    private readonly ask: typeof fetch = (...request) => fetch(...request),
  ) {}

  async send(): Promise<Sent> {
    if (this.sending) return "answered";
    this.sending = true;
    clearTimeout(this.timer);
    this.busy(true);
    try {
      const body = new FormData(this.form);
      const answer = await this.ask(this.form.action || location.href, { method: "POST", body, credentials: "same-origin" });
      if (answer.status >= 502 && answer.status <= 504) throw new Error("the server is being restarted");
      banner("");
      if (answer.redirected) {
        this.go(answer.url);
        return "gone";
      }
      if (!takeErrors(this.form, await answer.text())) this.form.submit(); // an answer we cannot place: let the browser show it
      return "answered";
    } catch {
      banner(say("no_net"));
      this.timer = setTimeout(() => void this.send(), WAITS[Math.min(this.tries, WAITS.length - 1)]);
      this.tries += 1;
      return "no_net";
    } finally {
      this.sending = false;
      this.busy(false);
    }
  }

  private busy(on: boolean): void {
    this.form.toggleAttribute("aria-busy", on);
  }

  listen(): void {
    let waiting = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send().then((sent) => (waiting = sent === "no_net"));
    });
    addEventListener("online", () => {
      banner("");
      if (waiting) void this.send().then((sent) => (waiting = sent === "no_net"));
    });
  }
}

export function banner(text: string): void {
  const place = document.querySelector<HTMLElement>("[data-offline-bar]");
  if (!place) return;
  place.hidden = text === "";
  const words = place.querySelector("[data-offline-text]");
  if (words && words.textContent !== text) words.textContent = text;
}

export function start(): void {
  addEventListener("offline", () => banner(say("no_net")));
  addEventListener("online", () => banner(""));
  if (!navigator.onLine) banner(say("no_net"));
  document.querySelectorAll<HTMLFormElement>("form[data-offline]").forEach((form) => new Sender(form).listen());
}
