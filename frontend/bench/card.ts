/** The live card: what moving the chosen pieces to a grid would make of both, before anything is moved. */
import { say } from "../modules/words.ts";
import { type Bench, type Level, householdsOf, keyOf } from "./plan.ts";

export interface Change {
  grid: string;
  before: number;
  after: number;
  limit: "" | "under" | "over";
}

function limitOf(bench: Bench, level: Level, kind: string, households: number): Change["limit"] {
  if (level === "micro") return households > bench.micro_max ? "over" : "";
  if (kind === "dedicated_grid") return "";
  return households < bench.band[0] ? "under" : households > bench.band[1] ? "over" : "";
}

/** Grids that lose and then the one that gains; none when nothing would move. */
export function changesOf(bench: Bench, pieces: Iterable<number>, target: number, level: Level): Change[] {
  const leaving = new Map<number, number>();
  for (const piece of pieces) {
    const from = keyOf(bench.draft, piece, level);
    if (from !== target) leaving.set(from, (leaving.get(from) ?? 0) + householdsOf(bench, [piece]));
  }
  if (!leaving.size) return [];
  const gained = [...leaving.values()].reduce((sum, n) => sum + n, 0);
  const areas = level === "micro" ? bench.draft.micro.map((each) => ({ ...each, kind: "micro_grid" })) : bench.draft.grids;
  const of = (key: number, by: number): Change[] =>
    areas
      .filter((area) => area.key === key)
      .map(({ short, households, kind }) => ({ grid: short, before: households, after: households + by, limit: limitOf(bench, level, kind, households + by) }));
  return [...[...leaving].flatMap(([key, n]) => of(key, -n)), ...of(target, gained)];
}

/** What is moved, said short: one house by its name, several by their number. */
export function whatOf(bench: Bench, pieces: ReadonlySet<number>): string {
  const houses = bench.houses.filter((house) => house.pieces.some((piece) => pieces.has(piece)));
  const [only] = houses;
  if (!only || houses.length > 1) return say("bench_houses", { n: houses.length });
  return only.pieces.every((piece) => pieces.has(piece)) ? only.name : say("bench_part", { name: only.name });
}

function warning(bench: Bench, level: Level, limit: Change["limit"]): string {
  if (limit === "under") return say("bench_under", { n: bench.band[0] });
  return limit === "over" ? say("bench_over", { n: level === "micro" ? bench.micro_max : bench.band[1] }) : "";
}

/** The card as elements: a head, a line for each grid, what to do next. */
export function cardOf(bench: Bench, pieces: ReadonlySet<number>, changes: Change[], level: Level): HTMLElement[] {
  const head = document.createElement("strong");
  head.textContent = say("bench_moving", { what: whatOf(bench, pieces), n: householdsOf(bench, pieces) });
  const lines = changes.map(({ grid, before, after, limit }) => {
    const line = document.createElement("span");
    line.textContent = say("bench_becomes", { grid, before, after });
    const told = warning(bench, level, limit);
    if (told) {
      const bad = document.createElement("b");
      bad.className = "wg-bad";
      bad.textContent = ` ⚠ ${told}`;
      line.append(bad);
    }
    return line;
  });
  const next = document.createElement("small");
  next.textContent = say("bench_drop");
  return [head, ...lines, next];
}
