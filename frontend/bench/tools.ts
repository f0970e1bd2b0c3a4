/** The tools of the workbench: what a click on a grid or a point means, as the fields of an edit. */
import type { Point } from "./choice.ts";
import { type Bench, type Level, keyOf, metresOf } from "./plan.ts";

export type Tool = "move" | "line" | "merge" | "split" | "lock" | "name";
export type Edit = Record<string, string>;
/** An edit to send, a word about what comes next, or nothing. */
export type Meant = { edit: Edit } | { says: string; grid?: string } | undefined;

export class Tools {
  tool: Tool = "move";
  level: Level = "general";
  begun: Point | undefined; // the first end of a line
  first: number | undefined; // the first of two grids

  take(tool: Tool): void {
    this.tool = tool;
    this.forget();
  }

  forget(): void {
    this.begun = undefined;
    this.first = undefined;
  }

  /** What moving the pieces to a grid or micro-grid asks of the server. */
  move(bench: Bench, pieces: ReadonlySet<number>, to: number): Meant {
    if (!pieces.size) return { says: "bench_none" };
    if ([...pieces].every((piece) => keyOf(bench.draft, piece, this.level) === to)) return { says: "bench_at_home" };
    return { edit: { verb: this.level === "micro" ? "move_micro" : "move", pieces: [...pieces].join(","), to: String(to) } };
  }

  /** A grid was clicked, or taken with Enter. */
  grid(bench: Bench, pieces: ReadonlySet<number>, key: number): Meant {
    if (this.tool === "move") return pieces.size ? this.move(bench, pieces, key) : undefined;
    const grid = bench.draft.grids.find((each) => each.key === key);
    if (!grid || this.tool === "line") return undefined;
    if (this.tool === "name") return { says: "bench_name", grid: grid.name };
    if (this.tool === "split") return { edit: { verb: "split", grid: String(key) } };
    if (this.tool === "lock") return { edit: { verb: grid.is_locked ? "unlock" : "lock", grid: String(key) } };
    if (this.first === undefined) {
      this.first = key;
      return { says: "bench_first", grid: grid.name };
    }
    const grids = [this.first, key];
    this.forget();
    return merged(grids);
  }

  /** An end of the line: the second one cuts. */
  point(bench: Bench, at: Point): Meant {
    if (!this.begun) {
      this.begun = at;
      return { says: "bench_point" };
    }
    const line = [this.begun, at].map((end) => metresOf(bench, end)).join(" ");
    this.forget();
    return { edit: { verb: "cut", line } };
  }
}

function merged(grids: (number | string)[]): Meant {
  return new Set(grids.map(String)).size < 2 ? { says: "bench_same" } : { edit: { verb: "merge", grids: grids.join(",") } };
}

/** What a button of the form asks: the same edit as by drawing. */
export function asked(verb: string, form: FormData, bench: Bench, pieces: ReadonlySet<number>): Meant {
  const tools = new Tools();
  tools.level = verb === "move_micro" ? "micro" : "general";
  if (verb === "move" || verb === "move_micro") return tools.move(bench, pieces, Number(form.get(verb === "move" ? "to" : "to_micro")));
  if (verb === "merge") return merged(form.getAll("grids").map(String));
  if (verb === "split" || verb === "lock" || verb === "unlock") return { edit: { verb, grid: String(form.get("grid") ?? "") } };
  if (verb === "cut") return pieces.size ? { edit: { verb, pieces: [...pieces].join(",") } } : { says: "bench_none" };
  if (verb === "name") return named(String(form.get("named") ?? ""), String(form.get("name") ?? "").trim());
  return { edit: { verb } };
}

function named(key: string, name: string): Meant {
  return name ? { edit: { verb: "name", named: key, name } } : { says: "bench_nameless" };
}
