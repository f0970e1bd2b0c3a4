/** Symbols of cases and patterns of areas drawn in the page, so that no sprite is fetched: shape speaks before colour. */
export const KINDS = ["danger", "visit", "in_time", "half", "overdue"] as const;
export type Kind = (typeof KINDS)[number];

const COLOURS: Record<Kind, string> = { danger: "#b3261e", visit: "#5a4a8c", in_time: "#1a7346", half: "#875200", overdue: "#b3261e" };
const SIZE = 56; // drawn at twice the size shown, for sharp screens
const CELL = 16;

/** Corners of each kind, the first one at this turn of the circle; none for a round one. The legend draws the same. */
const CORNERS: Partial<Record<Kind, [number, number]>> = { danger: [3, -90], visit: [4, -45], half: [6, 0], overdue: [4, -90] };

export function cornersOf(kind: Kind, middle: number, reach: number): [number, number][] {
  const [count, first] = CORNERS[kind] ?? [0, 0];
  return Array.from({ length: count }, (_, at) => {
    const angle = ((first + (360 / count) * at) * Math.PI) / 180;
    return [middle + reach * Math.cos(angle), middle + reach * Math.sin(angle)];
  });
}

function penOf(size: number): CanvasRenderingContext2D | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  return canvas.getContext("2d") ?? undefined;
}

export function draw(kind: Kind): ImageData | undefined {
  const pen = penOf(SIZE);
  if (!pen) return undefined;
  const middle = SIZE / 2;
  pen.beginPath();
  cornersOf(kind, middle, middle - 3).forEach(([x, y]) => pen.lineTo(x, y));
  if (!CORNERS[kind]) pen.arc(middle, middle, 21, 0, Math.PI * 2);
  pen.closePath();
  pen.fillStyle = COLOURS[kind];
  pen.fill();
  pen.lineWidth = 4;
  pen.strokeStyle = "#ffffff";
  pen.stroke();
  return pen.getImageData(0, 0, SIZE, SIZE);
}

export type Pattern = "hidden" | "beyond";

/** Dots on white: too small to be shown. Hatching: more or fewer than the kind of grid should hold. */
export function pattern(which: Pattern): ImageData | undefined {
  const pen = penOf(CELL);
  if (!pen) return undefined;
  if (which === "hidden") {
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, CELL, CELL);
    pen.fillStyle = "#535e6e";
    pen.fillRect(3, 3, 3, 3);
    pen.fillRect(11, 11, 3, 3);
  } else {
    pen.strokeStyle = "#b3261e";
    pen.lineWidth = 2;
    for (const start of [-CELL, 0, CELL]) {
      pen.beginPath();
      pen.moveTo(start, CELL);
      pen.lineTo(start + CELL, 0);
      pen.stroke();
    }
  }
  return pen.getImageData(0, 0, CELL, CELL);
}
