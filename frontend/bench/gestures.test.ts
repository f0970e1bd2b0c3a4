import { beforeEach, expect, test } from "vitest";
import { bench } from "../testing/bench.ts";
import { one, page } from "../testing/page.ts";
import { Drawing } from "./drawing.ts";
import { type Hands, listen } from "./gestures.ts";

/** A drawing of which a unit is a pixel: no test document lays anything out. */
class Plain extends Drawing {
  override get scale(): number {
    return 1;
  }

  override at(event: { clientX: number; clientY: number }): [number, number] {
    return [event.clientX, event.clientY];
  }
}

let told: string[] = [];
let deed: ReturnType<Hands["begins"]> = "pan";

beforeEach(() => {
  told = [];
  page('<svg><g data-bench-layer="live"></g></svg>');
  const svg = one<SVGSVGElement>("svg");
  svg.setPointerCapture = () => undefined;
  listen(new Plain(svg, "draft", bench()), {
    begins: () => deed,
    pan: (dx, dy) => told.push(`pan ${dx} ${dy}`),
    zoom: (factor) => told.push(factor < 1 ? "closer" : "further"),
    framed: ({ from, to }) => told.push(`frame ${from} ${to}`),
    carried: () => told.push("carried"),
    dropped: () => told.push("dropped"),
    line: (from, to) => told.push(`line ${from} ${to}`),
    click: () => told.push("click"),
    twice: () => told.push("twice"),
    hover: () => told.push("hover"),
    left: () => told.push("left"),
  });
});

function hand(type: string, x: number, y: number, buttons = 1): void {
  one<SVGSVGElement>("svg").dispatchEvent(new PointerEvent(type, { clientX: x, clientY: y, buttons, button: 0, isPrimary: true }));
}

function drag(): void {
  hand("pointerdown", 10, 10);
  hand("pointermove", 30, 15);
  hand("pointerup", 30, 15, 0);
}

test("a press that hardly moves is a click", () => {
  hand("pointerdown", 10, 10);
  hand("pointermove", 12, 11);
  hand("pointerup", 12, 11, 0);
  expect(told).toEqual(["click"]);
});

test.each([
  ["pan", ["pan -20 -5"]],
  ["frame", ["frame 10,10 30,15"]],
  ["line", ["line 10,10 30,15"]],
  ["carry", ["carried", "dropped"]],
  ["none", []],
] as const)("a drag that means %s does just that", (means, expected) => {
  deed = means;
  drag();
  expect(told).toEqual(expected);
  expect(one("[data-bench-layer]").childElementCount).toBe(0);
});

test("a hand that lets go outside carries nothing on when it comes back", () => {
  deed = "carry";
  hand("pointerdown", 10, 10);
  hand("pointermove", 90, 90, 0);
  expect(told).toEqual(["hover"]);
});

test("a wheel scrolls the page, with Ctrl it zooms", () => {
  const wheel = (init: MouseEventInit): void => void one<SVGSVGElement>("svg").dispatchEvent(Object.assign(new MouseEvent("wheel", init), { deltaY: -1 }));
  wheel({});
  wheel({ ctrlKey: true });
  expect(told).toEqual(["closer"]);
});
