/** Repaints every clock each minute from the instants the server sent, in the words the server would use. */
import { say } from "./words.ts";

export type Look = "in_time" | "half" | "overdue";

const ICONS: Record<Look, string> = { in_time: "clock", half: "alert-triangle", overdue: "alarm" };
const MINUTE = 60_000;

/** How a stretch of time is said: minutes below an hour, hours and minutes below a day, then days and hours. */
export function stretch(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  const [d, h, n] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (minutes < 60) return say("minutes", { n });
  if (d === 0) return n ? say("hours_minutes", { h, n }) : say("hours", { h });
  const days = say(d === 1 ? "day" : "days", { d });
  return h ? say("days_hours", { days, h }) : days;
}

export function sentence(left: number): string {
  const kind = left < 0 ? "overdue" : "left";
  const span = Math.abs(left);
  return span < MINUTE ? say(`${kind}_soon`) : say(kind, { time: stretch(span) });
}

/** The look at an instant; without a middle (working hours, which only the server can count) the look stays. */
export function look(now: number, half: number, due: number, before: Look): Look {
  if (now > due) return "overdue";
  if (Number.isNaN(half)) return before;
  return now >= half ? "half" : "in_time";
}

function repaint(clock: HTMLElement, now: number): void {
  const due = Date.parse(clock.dataset["due"] ?? "");
  const before = /wg-clock-(in_time|half|overdue)/.exec(clock.className)?.[1] as Look | undefined;
  if (Number.isNaN(due) || !before) return;
  const face = look(now, Date.parse(clock.dataset["half"] ?? ""), due, before);
  clock.className = clock.className.replace(`wg-clock-${before}`, `wg-clock-${face}`);
  const use = clock.querySelector("use");
  use?.setAttribute("href", (use.getAttribute("href") ?? "").replace(/#.*$/, `#${ICONS[face]}`));
  const place = clock.querySelector("[data-clock-text]");
  const isCounted = face === "overdue" || !clock.hasAttribute("data-in-days"); // working days left change at midnight, on the server
  const text = sentence(due - now);
  if (place && isCounted && place.textContent !== text) place.textContent = text;
}

export function repaintAll(now: number, root: ParentNode = document): void {
  root.querySelectorAll<HTMLElement>("[data-due]").forEach((clock) => repaint(clock, now));
}

/** The server's time is the page's time: a phone with a wrong clock still shows the right minutes. */
export function serverNow(): number {
  const sent = Date.parse(document.body.dataset["now"] ?? "");
  return Number.isNaN(sent) ? Date.now() : sent + performance.now();
}

export function start(): void {
  setInterval(() => repaintAll(serverNow()), MINUTE);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) repaintAll(serverNow());
  });
}
