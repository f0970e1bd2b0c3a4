/** Texts for scripts: they come translated from the server in one JSON block, never from a second catalogue. */
let table: Record<string, string> | undefined;

function read(): Record<string, string> {
  const block = document.getElementById("wg-words");
  return block?.textContent ? (JSON.parse(block.textContent) as Record<string, string>) : {};
}

/** The text of a key with its `{places}` filled; a missing key shows the key itself, so that it is seen. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  table ??= read();
  const text = table[key] ?? key;
  return text.replace(/\{([a-z]+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Forget what was read; tests and pages swapped into another language call it. */
export function forget(): void {
  table = undefined;
}
