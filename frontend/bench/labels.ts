/** Which labels of a drawing are shown: none lies over another; the larger grid wins, and the chosen one always does. */
export interface Claim {
  x: number; // the middle, in units of the drawing
  y: number;
  wide: number; // in em
  high: number;
  size: number; // households: the larger goes first
  isChosen?: boolean;
}

const AIR = 0.15; // em left free between two labels

function meet(a: Claim, b: Claim, em: number): boolean {
  const room = (one: number, other: number): number => ((one + other) / 2 + AIR) * em;
  return Math.abs(a.x - b.x) < room(a.wide, b.wide) && Math.abs(a.y - b.y) < room(a.high, b.high);
}

/** The claims that are shown where a letter is `em` units of the drawing high; of like ones the first. */
export function shown(claims: readonly Claim[], em: number): Set<Claim> {
  const order = [...claims].sort((a, b) => Number(b.isChosen ?? false) - Number(a.isChosen ?? false) || b.size - a.size);
  const placed: Claim[] = [];
  for (const claim of order) if (claim.isChosen || !placed.some((other) => meet(claim, other, em))) placed.push(claim);
  return new Set(placed);
}
