/** What the server gives the workbench: houses, their pieces, and two divisions of them (现行 present, 草案 draft). */
export interface Grid {
  key: number; // the same on both sides for a grid that goes on
  short: string;
  name: string;
  number: string;
  households: number;
  minutes: number;
  micro: number;
  is_within: boolean;
  says: string;
  tint: number;
  path: string;
  x: number;
  y: number;
  is_locked: boolean;
  kind: string;
}

export interface Micro {
  key: number;
  outer: number;
  short: string;
  households: number;
  minutes: number;
  is_within: boolean;
  says: string;
  path: string;
}

export interface Side {
  grids: Grid[];
  micro: Micro[];
  general: number[]; // the grid of each piece, -1 for none
  micro_of: number[];
}

export interface House {
  id: number;
  name: string;
  path: string;
  x: number;
  y: number;
  pieces: number[];
  households: number;
}

export interface Bench {
  box: [number, number];
  metres: number;
  origin: [number, number];
  houses: House[];
  pieces: { name: string; households: number }[];
  present: Side;
  draft: Side;
  band: [number, number];
  micro_max: number;
  may_edit: boolean;
  version: number;
  undo: string;
  redo: string;
}

export type Level = "general" | "micro";

export function benchOf(root: ParentNode = document): Bench | undefined {
  const text = root.querySelector("#bench")?.textContent;
  return text ? (JSON.parse(text) as Bench) : undefined;
}

/** Which grid or micro-grid a piece lies in. */
export function keyOf(side: Side, piece: number, level: Level): number {
  return (level === "micro" ? side.micro_of : side.general)[piece] ?? -1;
}

export function householdsOf(bench: Bench, pieces: Iterable<number>): number {
  return [...pieces].reduce((sum, piece) => sum + (bench.pieces[piece]?.households ?? 0), 0);
}

/** The grids a house lies in, by their short names; a house of several pieces may lie in several. */
export function gridsOf(side: Side, house: House): string {
  const keys = new Set(house.pieces.map((piece) => keyOf(side, piece, "general")));
  return side.grids.filter((grid) => keys.has(grid.key)).map((grid) => grid.short).join("、") || "—";
}

/** Houses of which a piece lies in another grid than at present. */
export function movedOf(bench: Bench): Set<number> {
  const { present, draft, houses } = bench;
  return new Set(houses.filter((house) => house.pieces.some((piece) => keyOf(present, piece, "general") !== keyOf(draft, piece, "general"))).map(({ id }) => id));
}

/** What stands before the number of a house: its compound (小区). */
export function compoundOf(name: string): string {
  return name.replace(/\s*\d.*$/u, "").trim();
}

/** Houses that stand in the same compound, itself included. */
export function neighboursOf(bench: Bench, house: House): House[] {
  const compound = compoundOf(house.name);
  return compound ? bench.houses.filter((other) => compoundOf(other.name) === compound) : [house];
}

/** Where the label of a micro-grid stands: amid its houses. */
export function middleOf(bench: Bench, side: Side, micro: number): [number, number] | undefined {
  const inside = bench.houses.filter((house) => house.pieces.some((piece) => side.micro_of[piece] === micro));
  if (!inside.length) return undefined;
  const mean = (of: (house: House) => number): number => inside.reduce((sum, house) => sum + of(house), 0) / inside.length;
  return [mean((house) => house.x), mean((house) => house.y)];
}

/** A point of the drawing in metres of the units' plane, y upwards. */
export function metresOf(bench: Bench, [x, y]: readonly [number, number]): string {
  return `${(bench.origin[0] + x * bench.metres).toFixed(2)},${(bench.origin[1] - y * bench.metres).toFixed(2)}`;
}
