/** Two fingers on a drawing: apart they look closer, together further, side by side they move it. */
import type { Point } from "./choice.ts";

const LEAST = 20; // px: fingers closer than this count as so far apart

type Touch = Pick<PointerEvent, "pointerType" | "pointerId" | "clientX" | "clientY">;

export interface Pinched {
  factor: number; // below 1 looks closer
  by: Point; // px the drawing is to be moved under its window
  at: Point; // px on the screen: what lay between the fingers, to zoom about before moving
}

interface Span {
  apart: number;
  middle: Point;
}

export class Pinch {
  private readonly fingers = new Map<number, Point>();

  get isOn(): boolean {
    return this.fingers.size > 1;
  }

  down({ pointerType, pointerId, clientX, clientY }: Touch): void {
    if (pointerType === "touch") this.fingers.set(pointerId, [clientX, clientY]);
  }

  up({ pointerId }: Pick<Touch, "pointerId">): void {
    this.fingers.delete(pointerId);
  }

  /** What a finger that moved does to the drawing; nothing where it is alone. */
  move({ pointerId, clientX, clientY }: Touch): Pinched | undefined {
    if (!this.fingers.has(pointerId)) return undefined;
    const before = this.span();
    this.fingers.set(pointerId, [clientX, clientY]);
    const after = this.span();
    if (!before || !after) return undefined;
    const by = [before.middle[0] - after.middle[0], before.middle[1] - after.middle[1]] as const;
    return { factor: before.apart / after.apart, by, at: before.middle };
  }

  private span(): Span | undefined {
    const [one, other] = this.fingers.values();
    if (!one || !other) return undefined;
    const apart = Math.max(Math.hypot(one[0] - other[0], one[1] - other[1]), LEAST);
    return { apart, middle: [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2] };
  }
}
