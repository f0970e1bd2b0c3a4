/** The one box: a list of suggestions under it, walked with the arrows, opened with Enter, closed with Esc. */

export class Box {
  constructor(
    private readonly input: HTMLInputElement,
    private readonly list: HTMLElement,
    private readonly open: (link: HTMLAnchorElement) => void = (link) => link.click(),
  ) {}

  get options(): HTMLAnchorElement[] {
    return [...this.list.querySelectorAll<HTMLAnchorElement>('[role="option"]')];
  }

  get chosen(): HTMLAnchorElement | undefined {
    return this.options.find((option) => option.getAttribute("aria-selected") === "true");
  }

  /** Whether the list answers what stands in the box now. */
  private get isFresh(): boolean {
    const asked = this.list.querySelector<HTMLElement>("[data-asked]")?.dataset["asked"];
    return asked !== undefined && asked === this.input.value.trim();
  }

  /** Show what came, unless more was typed in the meantime. */
  filled(): void {
    this.show(this.isFresh && document.activeElement === this.input);
  }

  show(isOpen: boolean): void {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.choose(undefined);
  }

  choose(option: HTMLAnchorElement | undefined): void {
    for (const each of this.options) each.setAttribute("aria-selected", String(each === option));
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView?.({ block: "nearest" });
  }

  private walk(by: 1 | -1): boolean {
    const options = this.options;
    if (!this.isFresh) return false;
    this.show(true);
    const from = this.chosen ? options.indexOf(this.chosen) : by === 1 ? -1 : options.length;
    this.choose(options[(from + by + options.length) % options.length]);
    return true;
  }

  /** Enter opens what is chosen, else the first, when the list is for what was typed; without a list the form is sent. */
  private enter(): boolean {
    const option = this.isFresh && !this.list.hidden ? (this.chosen ?? this.options[0]) : undefined;
    if (option) this.open(option);
    return option !== undefined;
  }

  /** What a key in the box does; true when it was ours. */
  press(event: KeyboardEvent): boolean {
    if (event.isComposing || event.keyCode === 229 || event.altKey || event.metaKey || event.ctrlKey) return false;
    if (event.code === "ArrowDown") return this.walk(1);
    if (event.code === "ArrowUp") return this.walk(-1);
    if (event.code === "Enter" || event.code === "NumpadEnter") return this.enter();
    if (event.code !== "Escape" || this.list.hidden) return false;
    this.show(false);
    return true;
  }
}

export function start(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("[data-find]")) {
    const input = form.querySelector<HTMLInputElement>("input[role=combobox]");
    const list = form.querySelector<HTMLElement>("[role=listbox]");
    if (!input || !list) continue;
    const box = new Box(input, list);
    input.addEventListener("keydown", (event) => {
      if (!box.press(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    new MutationObserver(() => box.filled()).observe(list, { childList: true });
    input.addEventListener("focus", () => box.filled());
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget as Node | null)) box.show(false);
    });
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus until the click
  }
}
