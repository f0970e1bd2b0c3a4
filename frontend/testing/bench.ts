/** A small bench for tests: two grids of houses in a row, the second one nearly too small. */
import type { Bench, Grid, House, Side } from "../bench/plan.ts";

export function house(id: number, name: string, x: number, y: number, pieces: number[], households: number): House {
  return { id, name, x, y, pieces, households, path: `M${x} ${y}h4v4h-4Z` };
}

export function grid(key: number, households: number, more: Partial<Grid> = {}): Grid {
  const short = `0${key}`;
  return {
    key, short, name: `第 ${short} 网格`, number: `X0${short}`, households, minutes: 0, micro: 0, is_within: true, says: "合适", tint: key % 6,
    path: `M${key * 40} 0h40v40h-40Z`, x: key * 40 + 20, y: 20, is_locked: false, kind: "general_grid", ...more,
  };
}

/** Houses 甲园 1–3 lie in grid 1 (450 households), 乙园 1–2 in grid 2 (310); 甲园 3 has two stairwells. */
export function bench(): Bench {
  const draft: Side = {
    grids: [grid(1, 450), grid(2, 310)],
    micro: [
      { key: 11, outer: 1, short: "01-01", households: 95, minutes: 150, is_within: true, says: "", path: "M40 0h40v20h-40Z" },
      { key: 21, outer: 2, short: "02-01", households: 60, minutes: 100, is_within: true, says: "", path: "M80 0h40v20h-40Z" },
    ],
    general: [1, 1, 1, 1, 2, 2],
    micro_of: [11, 11, 11, 11, 21, 21],
  };
  return {
    box: [200, 100],
    metres: 2,
    origin: [1000, 500],
    houses: [
      house(1, "甲园 1 幢", 45, 10, [0], 20),
      house(2, "甲园 2 幢", 55, 10, [1], 30),
      house(3, "甲园 3 幢", 65, 10, [2, 3], 45),
      house(4, "乙园 1 幢", 95, 10, [4], 30),
      house(5, "乙园 2 幢", 95, 30, [5], 30),
    ],
    pieces: [20, 30, 22, 23, 30, 30].map((households, at) => ({ name: `${at} 单元`, households })),
    present: { ...draft, grids: [grid(1, 450), grid(2, 310)], general: [1, 1, 1, 1, 2, 2], micro: [], micro_of: [-1, -1, -1, -1, -1, -1] },
    draft,
    band: [300, 500],
    micro_max: 100,
    may_edit: true,
    version: 7,
    undo: "",
    redo: "",
  };
}
