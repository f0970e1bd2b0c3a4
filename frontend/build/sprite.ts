/** One SVG sprite of the outline icons named in a list, emitted with a hashed name into the manifest as `sprite.svg`. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Plugin } from "vite";

const FOLDER = "node_modules/@tabler/icons/icons/outline";

export function symbol(name: string, svg: string): string {
  const inside = svg
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" ?\/>/, "")
    .replace(/\s+/g, " ")
    .replace(/> </g, "><")
    .trim();
  if (!inside) throw new Error(`the icon ${name} has no drawing`);
  return `<symbol id="${name}" viewBox="0 0 24 24">${inside}</symbol>`;
}

export function names(list: string): string[] {
  return list.split("\n").map((line) => line.trim()).filter(Boolean);
}

export function sprite(list: string): Plugin {
  return {
    name: "wangge-sprite",
    apply: "build",
    generateBundle(): void {
      const symbols = names(readFileSync(resolve("frontend", list), "utf8")).map((name) =>
        symbol(name, readFileSync(resolve(FOLDER, `${name}.svg`), "utf8")),
      );
      this.emitFile({
        type: "asset",
        name: "sprite.svg",
        originalFileName: "sprite.svg",
        source: `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`,
      });
    },
  };
}
