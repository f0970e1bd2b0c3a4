/** Sends an edit and tells what became of it: done, refused with the reason, changed by somebody else, or no answer. */
import { say } from "../modules/words.ts";
import type { Side } from "./plan.ts";
import type { Edit } from "./tools.ts";

export interface Answer {
  draft: Side;
  version: number;
  undo: string;
  redo: string;
  sheet_html: string;
  changes_html: string;
  says: string;
  may_submit?: boolean;
  why_not?: string;
}

export type Outcome = { answer: Answer } | { trouble: string; isStale: boolean };

const STALE = 409;

export async function send(form: HTMLFormElement, version: number, edit: Edit, ask: typeof fetch = (...request) => fetch(...request)): Promise<Outcome> {
  const token = String(new FormData(form).get("csrfmiddlewaretoken") ?? "");
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, version: String(version), ...edit });
  try {
    const got = await ask(form.action, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!got.headers.get("Content-Type")?.includes("json")) return { trouble: say(got.redirected ? "signed_out" : "bench_no_net"), isStale: got.redirected };
    if (got.ok) return { answer: (await got.json()) as Answer };
    return { trouble: ((await got.json()) as { says: string }).says, isStale: got.status === STALE };
  } catch {
    return { trouble: say("bench_no_net"), isStale: false };
  }
}
