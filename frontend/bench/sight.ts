/** What part of both drawings is seen: zoomed and moved together, never beyond the drawing. */
export interface Sight {
  x: number;
  y: number;
  w: number;
  h: number;
}

const CLOSEST = 20; // times

export function whole([w, h]: readonly [number, number]): Sight {
  return { x: 0, y: 0, w, h };
}

function within(box: readonly [number, number], { x, y, w, h }: Sight): Sight {
  return { x: Math.min(Math.max(x, 0), box[0] - w), y: Math.min(Math.max(y, 0), box[1] - h), w, h };
}

/** Zoom by a factor (below 1 looks closer) so that the point stays where it is. */
export function zoomed(box: readonly [number, number], sight: Sight, factor: number, at?: readonly [number, number]): Sight {
  const [x, y] = at ?? [sight.x + sight.w / 2, sight.y + sight.h / 2];
  const w = Math.min(Math.max(sight.w * factor, box[0] / CLOSEST), box[0]);
  const by = w / sight.w;
  return within(box, { x: x - (x - sight.x) * by, y: y - (y - sight.y) * by, w, h: sight.h * by });
}

export function moved(box: readonly [number, number], sight: Sight, dx: number, dy: number): Sight {
  return within(box, { ...sight, x: sight.x + dx, y: sight.y + dy });
}

/** Bring a place into sight where it lies outside. */
export function showing(box: readonly [number, number], sight: Sight, x: number, y: number): Sight {
  const isSeen = x >= sight.x && x <= sight.x + sight.w && y >= sight.y && y <= sight.y + sight.h;
  return isSeen ? sight : within(box, { ...sight, x: x - sight.w / 2, y: y - sight.h / 2 });
}

export function isWhole(box: readonly [number, number], sight: Sight): boolean {
  return sight.w >= box[0] * 0.999;
}

export function viewBox({ x, y, w, h }: Sight): string {
  return [x, y, w, h].map((n) => n.toFixed(2)).join(" ");
}
