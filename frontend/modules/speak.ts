/** Reads a part of the page aloud where the browser can speak; the button is hidden where it cannot. */
export function textOf(part: Element): string {
  const copy = part.cloneNode(true) as Element;
  copy.querySelectorAll("button, svg, script, [data-speak]").forEach((quiet) => quiet.remove());
  return (copy.textContent ?? "").replace(/\s+/g, " ").trim();
}

export function languageOf(part: Element): string {
  const lang = part.closest("[lang]")?.getAttribute("lang") ?? "";
  return lang.toLowerCase().startsWith("zh") ? "zh-CN" : "en-GB";
}

export function start(): void {
  if (!("speechSynthesis" in window)) return;
  document.querySelectorAll<HTMLElement>("[data-speak]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const part = document.querySelector(button.dataset["speak"] || "main");
      const wasSpeaking = speechSynthesis.speaking;
      speechSynthesis.cancel();
      button.setAttribute("aria-pressed", String(!wasSpeaking));
      if (!part || wasSpeaking) return;
      const speech = new SpeechSynthesisUtterance(textOf(part));
      speech.lang = languageOf(part);
      speech.rate = 0.9;
      speech.onend = () => button.setAttribute("aria-pressed", "false");
      speechSynthesis.speak(speech);
    });
  });
}
