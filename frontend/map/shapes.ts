/** Symbols of cases drawn in the page, so that no sprite is fetched: shape speaks before colour. */
export const KINDS = ["danger", "visit", "whistle", "in_time", "half", "overdue", "done"] as const;
export type Kind = (typeof KINDS)[number];

const COLOURS: Record<Kind, string> = {
  danger: "#b3261e",
  visit: "#5a4a8c",
  whistle: "#1d5aa8",
  in_time: "#1a7346",
  half: "#875200",
  overdue: "#b3261e",
  done: "#535e6e",
};
const SIZE = 56; // drawn at twice the size shown, for sharp screens

/** Corners of each kind, the first one at this turn of the circle; none for a round one. The legend draws the same. */
const CORNERS: Partial<Record<Kind, [number, number]>> = { danger: [3, -90], visit: [4, -45], half: [6, 0], overdue: [4, -90] };

export function cornersOf(kind: Kind, middle: number, reach: number): [number, number][] {
  const [count, first] = CORNERS[kind] ?? [0, 0];
  return Array.from({ length: count }, (_, at) => {
    const angle = ((first + (360 / count) * at) * Math.PI) / 180;
    return [middle + reach * Math.cos(angle), middle + reach * Math.sin(angle)];
  });
}

function outline(pen: CanvasRenderingContext2D, kind: Kind): void {
  const middle = SIZE / 2;
  pen.beginPath();
  cornersOf(kind, middle, middle - 3).forEach(([x, y]) => pen.lineTo(x, y));
  if (!CORNERS[kind]) pen.arc(middle, middle, kind === "whistle" ? 22 : 19, 0, Math.PI * 2);
  pen.closePath();
}

export function draw(kind: Kind): ImageData | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const pen = canvas.getContext("2d");
  if (!pen) return undefined;
  outline(pen, kind);
  pen.fillStyle = COLOURS[kind];
  pen.fill();
  pen.lineWidth = 4;
  pen.strokeStyle = "#ffffff";
  pen.stroke();
  return pen.getImageData(0, 0, SIZE, SIZE);
}
