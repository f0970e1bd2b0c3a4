// @vitest-environment node
/** The rules for old browsers, each with a sin that must be caught; and the weight of what residents load. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import stylelint from "stylelint";
import { build } from "vite";
import { expect, test } from "vitest";

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function sins(code: string, name: string): Promise<string[]> {
  const { results } = await stylelint.lint({ code, codeFilename: here(name), configFile: here("../.stylelintrc.json") });
  return results.flatMap((result) => result.warnings.map((warning) => warning.rule));
}

test.each([
  ["a { color: oklch(50% 0.1 20); }", "function-disallowed-list"],
  ["a { color: color-mix(in srgb, red, blue); }", "function-disallowed-list"],
  ["a { color: light-dark(#000000, #ffffff); }", "function-disallowed-list"],
  ["a { color: rgb(from red r g b); }", "function-disallowed-list"],
  [".wg-a:has(b) { top: 0; }", "selector-pseudo-class-disallowed-list"],
  [".wg-a { b { top: 0; } }", "max-nesting-depth"],
  ["@layer x { a { top: 0; } }", "at-rule-disallowed-list"],
  [".wg-a { height: 100dvh; }", "unit-disallowed-list"],
])("residents' styles may not say %s", async (code, rule) => {
  expect(await sins(code, "./resident.css")).toEqual([rule]);
  expect(await sins(code, "./styles/every/parts.css")).toEqual([rule]);
});

test("a class without our prefix is refused everywhere, since it would meet Bootstrap's", async () => {
  expect(await sins(".row { top: 0; }", "./styles/desk/work.css")).toEqual(["selector-class-pattern"]);
});

test("what residents load is small: styles at most 20 KB raw, and no framework in them", async () => {
  const built = await build({
    root: here("."), configFile: false, logLevel: "silent",
    build: { write: false, target: "chrome95", cssTarget: "chrome95", rolldownOptions: { input: here("./resident.css") } },
  });
  const output = (Array.isArray(built) ? built : [built]).flatMap((bundle) => ("output" in bundle ? bundle.output : []));
  const css = output.filter((file) => file.fileName.endsWith(".css")).map((file) => String("source" in file ? file.source : ""));
  expect(css.length).toBe(1);
  expect(css[0]?.length).toBeLessThanOrEqual(20 * 1024);
  expect(css[0]).not.toMatch(/oklch\(|color-mix\(|light-dark\(|:has\(|--tblr/);
});

test("every icon named in the list has a drawing", () => {
  const names = readFileSync(here("./icons.txt"), "utf8").trim().split("\n");
  const missing = names.filter((name) => !readFileSync(here(`../node_modules/@tabler/icons/icons/outline/${name}.svg`), "utf8").includes("<svg"));
  expect(missing).toEqual([]);
  expect([...names].sort()).toEqual(names);
});
