/** Small conveniences: print this page, copy a link, remember to say so. */
import { say } from "./words.ts";

export function start(): void {
  document.querySelectorAll<HTMLElement>("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
  document.querySelectorAll<HTMLElement>("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset["copy"] || location.href);
      const label = button.querySelector("[data-copy-text]") ?? button;
      label.textContent = say("copied");
    });
  });
}
