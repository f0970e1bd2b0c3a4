/** How the drawings stand: side by side, one over the other, or behind a curtain; and which level is shown. */
function press(root: ParentNode, attribute: string, value: string): void {
  root.querySelectorAll(`button[${attribute}]`).forEach((button) => button.setAttribute("aria-pressed", String(button.getAttribute(attribute) === value)));
}

export function setMode(root: HTMLElement, mode: string): void {
  root.dataset["mode"] = mode;
  press(root, "data-bench-mode", mode);
  const curtain = root.querySelector<HTMLElement>("[data-bench-swipe]");
  if (curtain) curtain.hidden = mode !== "swipe";
}

export function setLevel(root: HTMLElement, level: string): void {
  root.dataset["level"] = level;
  press(root, "data-bench-level", level);
  root.querySelectorAll<HTMLElement>("[data-bench-for]").forEach((part) => (part.hidden = part.dataset["benchFor"] !== level));
}

/** Show the part of the form that belongs to a tool. */
export function setTool(root: HTMLElement, tool: string): void {
  root.dataset["tool"] = tool;
  press(root, "data-bench-tool", tool);
  root.querySelectorAll<HTMLElement>("[data-bench-bar]").forEach((bar) => (bar.hidden = !bar.dataset["benchBar"]?.split(" ").includes(tool)));
  root.querySelectorAll<HTMLElement>("[data-bench-in]").forEach((part) => (part.hidden = part.dataset["benchIn"] !== tool));
}

/** Everything that only scripts can do comes out of hiding. */
export function reveal(root: HTMLElement): void {
  const only = "[data-bench-tool], [data-bench-look], [data-bench-none], [data-bench-hint], [data-bench-for-script]";
  root.querySelectorAll<HTMLElement>(only).forEach((part) => (part.hidden = false));
  const lists = root.querySelector<HTMLDetailsElement>("[data-bench-lists]");
  if (lists && matchMedia("(min-width: 768px)").matches) lists.open = false; // a phone works by the lists
}

export function listen(root: HTMLElement, level: (name: string) => void, mode: (name: string) => void): void {
  root.querySelectorAll<HTMLElement>("[data-bench-mode]:is(button)").forEach((button) => button.addEventListener("click", () => mode(button.dataset["benchMode"] ?? "")));
  root.querySelectorAll<HTMLElement>("[data-bench-level]:is(button)").forEach((button) => button.addEventListener("click", () => level(button.dataset["benchLevel"] ?? "")));
  const curtain = root.querySelector<HTMLInputElement>("[data-bench-swipe] input");
  curtain?.addEventListener("input", () => root.style.setProperty("--wg-curtain", `${curtain.value}%`));
}
