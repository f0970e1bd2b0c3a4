/** A page for tests: markup, the words scripts say, and a server that answers from a list. */
import { forget } from "../modules/words.ts";

export const WORDS: Record<string, string> = {
  minutes: "{n} 分", hours: "{h} 小时", hours_minutes: "{h} 小时 {n} 分", day: "{d} 天", days: "{d} 天", days_hours: "{days} {h} 小时",
  left: "还剩 {time}", left_soon: "还剩不到 1 分", overdue: "超时 {time}", overdue_soon: "超时不到 1 分",
  live: "实时", signed_out: "已经退出登录", stale: "网断了，页面停在 {time}", picked: "已选 {n} 件", seconds: "{n} 秒", no_keys: "没有", draft_kept: "写的字都留着", draft_back: "上次写的还在",
  no_net: "没有网络", photos_most: "最多 {n} 张", photo_n: "第 {n} 张", photo_remove: "删掉", photo_remove_n: "删掉第 {n} 张", copied: "已复制",
};

export function page(html: string): void {
  document.body.innerHTML = html;
  const words = document.createElement("script");
  words.id = "wg-words";
  words.type = "application/json";
  words.textContent = JSON.stringify(WORDS);
  document.body.append(words);
  forget();
}

export function one<T extends Element = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`nothing on the page is ${selector}`);
  return found;
}

export interface Server {
  ask: typeof fetch;
  asked: string[];
}

/** Answers one request after another; an Error in the list is a broken line. */
export function server(...answers: (Response | Error)[]): Server {
  const asked: string[] = [];
  const ask = (input: RequestInfo | URL): Promise<Response> => {
    asked.push(String(input));
    const answer = answers.shift() ?? new Response(null, { status: 204 });
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { ask, asked };
}
