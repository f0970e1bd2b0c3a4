import { expect, test } from "vitest";
import { bench, grid } from "../testing/bench.ts";
import { asked, Tools } from "./tools.ts";

const made = bench();

function tools(tool: Tools["tool"], level: Tools["level"] = "general"): Tools {
  const kit = new Tools();
  kit.take(tool);
  kit.level = level;
  return kit;
}

test("chosen houses go where one clicks, on the level that is shown", () => {
  expect(tools("move").grid(made, new Set([0, 1]), 2)).toEqual({ edit: { verb: "move", pieces: "0,1", to: "2" } });
  expect(tools("move", "micro").grid(made, new Set([0]), 21)).toEqual({ edit: { verb: "move_micro", pieces: "0", to: "21" } });
});

test("nothing is sent when nothing is chosen or nothing would move", () => {
  expect(tools("move").grid(made, new Set(), 2)).toBe(undefined);
  expect(tools("move").grid(made, new Set([4, 5]), 2)).toEqual({ says: "bench_at_home" });
  expect(asked("move", new FormData(), made, new Set())).toEqual({ says: "bench_none" });
});

test("a line through two chosen houses cuts, without drawing it", () => {
  expect(asked("cut", new FormData(), made, new Set([0, 4]))).toEqual({ edit: { verb: "cut", pieces: "0,4" } });
  expect(asked("cut", new FormData(), made, new Set())).toEqual({ says: "bench_none" });
});

test("a grid is named by the form, and not without a name", () => {
  const form = new FormData();
  form.set("named", "2");
  expect(asked("name", form, made, new Set())).toEqual({ says: "bench_nameless" });
  form.set("name", " 柳园东 ");
  expect(asked("name", form, made, new Set())).toEqual({ edit: { verb: "name", named: "2", name: "柳园东" } });
  expect(tools("name").grid(made, new Set(), 1)).toEqual({ says: "bench_name", grid: "第 01 网格" });
  expect(asked("number", form, made, new Set())).toEqual({ edit: { verb: "number" } });
});

test("two grids merge, one grid twice does not", () => {
  const kit = tools("merge");
  expect(kit.grid(made, new Set(), 1)).toEqual({ says: "bench_first", grid: "第 01 网格" });
  expect(kit.grid(made, new Set(), 2)).toEqual({ edit: { verb: "merge", grids: "1,2" } });
  kit.grid(made, new Set(), 1);
  expect(kit.grid(made, new Set(), 1)).toEqual({ says: "bench_same" });
  expect(kit.first).toBe(undefined);
});

test("one click splits; the lock opens what is locked", () => {
  const locked = { ...made, draft: { ...made.draft, grids: [grid(1, 400, { is_locked: true }), grid(2, 310)] } };
  expect(tools("split").grid(made, new Set(), 1)).toEqual({ edit: { verb: "split", grid: "1" } });
  expect([1, 2].map((key) => tools("lock").grid(locked, new Set(), key))).toEqual([{ edit: { verb: "unlock", grid: "1" } }, { edit: { verb: "lock", grid: "2" } }]);
});

test("two points cut, in metres; another tool forgets the first", () => {
  const kit = tools("line");
  expect(kit.point(made, [0, 0])).toEqual({ says: "bench_point" });
  expect(kit.point(made, [10, 20])).toEqual({ edit: { verb: "cut", line: "1000.00,500.00 1020.00,460.00" } });
  kit.point(made, [0, 0]);
  kit.take("line");
  expect(kit.begun).toBe(undefined);
});

test("the form asks the same as the drawing", () => {
  const form = new FormData();
  for (const [name, value] of [["to", "2"], ["to_micro", "21"], ["grids", "1"], ["grids", "2"], ["grid", "1"]] as const) form.append(name, value);
  const edits = ["move", "move_micro", "merge", "split", "unlock", "undo"].map((verb) => asked(verb, form, made, new Set([0])));
  expect(edits).toEqual([
    { edit: { verb: "move", pieces: "0", to: "2" } },
    { edit: { verb: "move_micro", pieces: "0", to: "21" } },
    { edit: { verb: "merge", grids: "1,2" } },
    { edit: { verb: "split", grid: "1" } },
    { edit: { verb: "unlock", grid: "1" } },
    { edit: { verb: "undo" } },
  ]);
});
