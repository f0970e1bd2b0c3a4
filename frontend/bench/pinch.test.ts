import { expect, test } from "vitest";
import { Pinch } from "./pinch.ts";

function finger(pointerId: number, clientX: number, clientY: number, pointerType = "touch"): Pick<PointerEvent, "pointerType" | "pointerId" | "clientX" | "clientY"> {
  return { pointerId, clientX, clientY, pointerType };
}

test("two fingers going apart look closer, about what lies between them", () => {
  const pinch = new Pinch();
  pinch.down(finger(1, 100, 50));
  pinch.down(finger(2, 200, 50));
  expect(pinch.move(finger(2, 300, 50))).toEqual({ factor: 0.5, by: [-50, 0], at: [150, 50] });
  expect(pinch.move(finger(2, 200, 50))?.factor).toBe(2);
});

test("one finger alone, and a mouse, do nothing here", () => {
  const pinch = new Pinch();
  pinch.down(finger(1, 100, 50));
  pinch.down(finger(2, 200, 50, "mouse"));
  expect([pinch.isOn, pinch.move(finger(1, 120, 50))]).toEqual([false, undefined]);
  pinch.down(finger(3, 200, 50));
  pinch.up(finger(1, 0, 0));
  expect([pinch.isOn, pinch.move(finger(3, 90, 50))]).toEqual([false, undefined]);
});

test("fingers that touch each other do not make the drawing leap", () => {
  const pinch = new Pinch();
  pinch.down(finger(1, 100, 50));
  pinch.down(finger(2, 101, 50));
  expect(pinch.move(finger(2, 100, 50))?.factor).toBe(1);
});
