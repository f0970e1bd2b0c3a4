/** Which pieces are chosen, and how one finds houses: by frame, by compound, by arrow. */
import type { House } from "./plan.ts";

export type Point = readonly [number, number];

export interface Frame {
  from: Point;
  to: Point;
}

export class Choice {
  readonly pieces = new Set<number>();

  constructor(private readonly changed: () => void) {}

  /** Whether the whole house is chosen, a part of it, or nothing. */
  of(house: House): "all" | "some" | "none" {
    const held = house.pieces.filter((piece) => this.pieces.has(piece)).length;
    return held === 0 ? "none" : held === house.pieces.length ? "all" : "some";
  }

  add(houses: Iterable<House>): void {
    for (const house of houses) house.pieces.forEach((piece) => this.pieces.add(piece));
    this.changed();
  }

  toggle(house: House): void {
    if (this.of(house) === "all") house.pieces.forEach((piece) => this.pieces.delete(piece));
    else house.pieces.forEach((piece) => this.pieces.add(piece));
    this.changed();
  }

  /** Just this house; none when it was the only one already. */
  only(house: House): void {
    const wasAlone = this.of(house) === "all" && this.pieces.size === house.pieces.length;
    this.pieces.clear();
    if (!wasAlone) house.pieces.forEach((piece) => this.pieces.add(piece));
    this.changed();
  }

  part(piece: number, isOn: boolean): void {
    if (isOn) this.pieces.add(piece);
    else this.pieces.delete(piece);
    this.changed();
  }

  clear(): void {
    this.pieces.clear();
    this.changed();
  }
}

/** Houses whose middle lies in a frame, however it was drawn. */
export function framed(houses: House[], { from, to }: Frame): House[] {
  const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
  const [top, bottom] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
  return houses.filter(({ x, y }) => x >= left && x <= right && y >= top && y <= bottom);
}

export const ARROWS: Record<string, Point> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The next place in a direction: near, and rather ahead than aside; itself where there is none. */
export function nextOf<T extends { x: number; y: number }>(places: T[], from: T | undefined, [dx, dy]: Point): T | undefined {
  if (!from) return places[0];
  let best: T | undefined;
  let least = Infinity;
  for (const place of places) {
    const [x, y] = [place.x - from.x, place.y - from.y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (ahead <= 0.01 || aside > 2 * ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [place, cost];
  }
  return best ?? from;
}
