/** Asks `/changes?since=` again and again: moves counters, refreshes live lists, and says when the page stands still. */
import { say } from "./words.ts";

export interface News {
  counts?: Record<string, number>;
  cases?: (string | number)[];
  stamp: string;
}

export const REFRESH = "wg:refresh";
const SLOWEST = 30_000;

export function nextWait(every: number, failures: number): number {
  return Math.min(every * 2 ** Math.min(failures, 10), Math.max(every, SLOWEST));
}

export function paintCounts(counts: Record<string, number>, root: ParentNode = document): void {
  root.querySelectorAll<HTMLElement>("[data-count]").forEach((place) => {
    const value = counts[place.dataset["count"] ?? ""];
    if (value === undefined) return;
    if (place.textContent !== String(value)) place.textContent = String(value);
    place.hidden = value === 0 && place.hasAttribute("data-count-hides");
  });
}

function clockTime(at: Date): string {
  return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}

type Fresh = "live" | "stale" | "signed_out";

function sayFresh(fresh: Fresh, since: Date): void {
  document.querySelectorAll<HTMLElement>("[data-fresh]").forEach((place) => {
    place.classList.toggle("wg-fresh-stale", fresh !== "live");
    const text = say(fresh, { time: clockTime(since) });
    if (place.textContent !== text) place.textContent = text;
  });
}

export class Changes {
  isOut = false; // the session ended: ask no more, what was written stays
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private answered = new Date();

  constructor(
    private readonly url: string,
    private stamp: string,
    private readonly every: number,
    private readonly ask: typeof fetch = (...request) => fetch(...request),
  ) {}

  async poll(): Promise<void> {
    try {
      const answer = await this.ask(`${this.url}?since=${encodeURIComponent(this.stamp)}`, {
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "manual",
      });
      this.isOut = answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403;
      if (answer.status === 204) this.stamp = answer.headers.get("Wangge-Stamp") ?? this.stamp;
      else {
        if (!answer.ok) throw new Error(String(answer.status));
        this.tell((await answer.json()) as News);
      }
      this.failures = 0;
      this.answered = new Date();
    } catch {
      this.failures += 1;
    }
    sayFresh(this.isOut ? "signed_out" : this.failures < 2 ? "live" : "stale", this.answered);
  }

  private tell(news: News): void {
    this.stamp = news.stamp;
    if (news.counts) paintCounts(news.counts);
    if (!news.cases?.length) return;
    document.querySelectorAll("[data-live-list]").forEach((list) => {
      list.dispatchEvent(new CustomEvent(REFRESH, { bubbles: true, detail: { cases: news.cases } }));
    });
  }

  private async turn(): Promise<void> {
    if (document.hidden || this.isOut) return;
    await this.poll();
    this.again(nextWait(this.every, this.failures));
  }

  private again(wait: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.turn(), wait);
  }

  run(): void {
    this.again(this.every);
    document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(this.timer) : this.again(0)));
    addEventListener("online", () => this.again(0));
  }
}

export function start(): void {
  const { changes, changesSince, changesEvery } = document.body.dataset;
  if (changes) new Changes(changes, changesSince ?? "", Number(changesEvery ?? 2) * 1000).run();
}
