// @vitest-environment node
/** The contrasts of the token table, computed, against the limits of the design. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

function block(selector: string): Map<string, string> {
  const body = css.split(`${selector} {`)[1]?.split("}")[0] ?? "";
  return new Map([...body.matchAll(/--wg-([a-z0-9-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1] ?? "", m[2] ?? ""]));
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const light = block(":root");
const dark = new Map([...light, ...block('html[data-theme="dark"]')]);

const TEXT: [string, string][] = [
  ...["ink", "ink-2", "ink-3"].flatMap((ink) => ["ground", "surface", "raised"].map((on): [string, string] => [ink, on])),
  ...["primary", "good", "warn", "bad", "check", "hold"].flatMap((ink) =>
    ["surface", `${ink}-soft`, "raised"].map((on): [string, string] => [ink, on]),
  ),
  ["on-primary", "primary"],
  ["on-bad", "bad"],
  ["on-drill", "drill"],
  ["on-drill", "drill-soft"],
  ["on-toast", "toast"],
  ["ink", "primary-soft"],
  ["ink", "warn-soft"],
];
const EDGES: [string, string][] = [
  ["ink-3", "surface"],
  ["focus", "surface"],
  ["focus", "ground"],
  ["primary", "ground"],
];

test.each([["light", light], ["dark", dark]] as const)("text of the %s theme stands out by 4.5", (_name, tokens) => {
  const weak = TEXT.filter(([ink, on]) => !(contrast(tokens.get(ink) ?? "", tokens.get(on) ?? "") >= 4.5));
  expect(weak).toEqual([]);
});

test.each([["light", light], ["dark", dark]] as const)("edges and focus of the %s theme stand out by 3", (_name, tokens) => {
  const weak = EDGES.filter(([ink, on]) => !(contrast(tokens.get(ink) ?? "", tokens.get(on) ?? "") >= 3));
  expect(weak).toEqual([]);
});

test("the contrast formula knows black on white and a grey that is too pale", () => {
  expect(contrast("#000000", "#ffffff")).toBe(21);
  expect(contrast("#999999", "#ffffff")).toBeLessThan(3);
});

test("the table of ux 2.1 is what the file says", () => {
  expect(contrast(light.get("primary") ?? "", light.get("surface") ?? "").toFixed(1)).toBe("6.8");
  expect(contrast(dark.get("good") ?? "", dark.get("good-soft") ?? "").toFixed(1)).toBe("6.9");
});

const TINTS = [0, 1, 2, 3, 4, 5].map((at) => light.get(`tint-${at}`) ?? "");

/** A colour as somebody without green cones sees it (Viénot 1999), then how far two of them lie apart. */
function seen(hex: string): number[] {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => (parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2);
  return [0.29275 * r + 0.70725 * g, 0.29275 * r + 0.70725 * g, -0.02234 * r + 0.02234 * g + b].map((part) => 255 * Math.max(part, 0) ** (1 / 2.2));
}

test("tints of grids carry dark ink, and no two are the same without green cones", () => {
  expect(TINTS.filter((tint) => !(contrast("#1b2430", tint) >= 10))).toEqual([]);
  const pairs = TINTS.flatMap((one, at) => TINTS.slice(at + 1).map((other): [string, string] => [one, other]));
  const alike = pairs.filter(([one, other]) => Math.hypot(...seen(one).map((part, at) => part - (seen(other)[at] ?? 0))) < 6);
  expect(alike).toEqual([]);
});
