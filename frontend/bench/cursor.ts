/** Working the draft by keyboard: arrows go from house to house or grid to grid or nudge a point, Enter takes it. */
import { ARROWS, nextOf, type Point } from "./choice.ts";
import { shape } from "./drawing.ts";
import type { Grid, House } from "./plan.ts";

const NUDGE = 40; // steps across the sight; with Shift four times finer

export interface Place {
  x: number;
  y: number;
}

export interface Steered {
  kind(): "house" | "grid" | "point";
  houses(): House[];
  grids(): Grid[];
  width(): number; // of what is seen
  middle(): Point;
  moved(place: Place): void;
  taken(place: Place): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number): void;
}

export class Cursor {
  place: Place | undefined;
  isPanning = false; // Space is down

  constructor(private readonly steered: Steered) {}

  /** What a key in the drawing does; true when it was ours. */
  press(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (event.code === "Space") return (this.isPanning = true);
    if (event.code === "Enter") return this.take();
    if (event.code === "Equal" || event.code === "NumpadAdd") return this.zoom(0.7);
    if (event.code === "Minus" || event.code === "NumpadSubtract") return this.zoom(1 / 0.7);
    const way = ARROWS[event.code];
    return way ? this.go(way, event.shiftKey) : false;
  }

  private zoom(factor: number): boolean {
    this.steered.zoom(factor);
    return true;
  }

  private take(): boolean {
    if (this.place) this.steered.taken(this.place);
    return true;
  }

  private go(way: Point, isFine: boolean): boolean {
    const step = this.steered.width() / NUDGE / (isFine ? 4 : 1);
    if (this.isPanning) this.steered.pan(way[0] * step * 4, way[1] * step * 4);
    else {
      this.place = this.next(way, step);
      if (this.place) this.steered.moved(this.place);
    }
    return true;
  }

  private next(way: Point, step: number): Place | undefined {
    const kind = this.steered.kind();
    if (kind === "house") return nextOf(this.steered.houses(), this.place as House | undefined, way);
    if (kind === "grid") return nextOf(this.steered.grids(), this.place as Grid | undefined, way);
    const [x, y] = this.place ? [this.place.x, this.place.y] : this.steered.middle();
    return { x: x + way[0] * step, y: y + way[1] * step };
  }
}

export function ringOf({ x, y }: Place, scale: number): SVGElement {
  return shape("circle", { class: "wg-bench-cursor", cx: x, cy: y, r: 12 / scale });
}
