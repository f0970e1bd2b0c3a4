/** Dialogs: `data-dialog="id"` opens one, its close buttons and Esc close it; without scripts the link's target shows it. */
export function open(dialog: HTMLDialogElement): void {
  if (!dialog.open) dialog.showModal();
  dialog.dispatchEvent(new CustomEvent("wg:dialog", { bubbles: true }));
}

export function start(): void {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const opener = event.target.closest<HTMLElement>("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset["dialog"] ?? "");
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      open(dialog);
    }
    const closer = event.target.closest("[data-dialog-close]");
    if (closer) {
      event.preventDefault();
      closer.closest("dialog")?.close();
    }
  });
}
