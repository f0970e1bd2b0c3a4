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

function outline(pen: CanvasRenderingContext2D, kind: Kind): void {
  const [edge, far, middle] = [6, SIZE - 6, SIZE / 2];
  pen.beginPath();
  if (kind === "danger") {
    pen.moveTo(middle, edge);
    pen.lineTo(far, far - 4);
    pen.lineTo(edge, far - 4);
    pen.closePath();
  } else if (kind === "visit") pen.rect(edge + 3, edge + 3, far - edge - 6, far - edge - 6);
  else pen.arc(middle, middle, kind === "whistle" ? 22 : 19, 0, Math.PI * 2);
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
