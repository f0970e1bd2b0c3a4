/** Both drawings as one: seen through the same sight, painted from the same bench. */
import type { Choice, Point } from "./choice.ts";
import { Drawing } from "./drawing.ts";
import { fill, judge, tick } from "./lists.ts";
import { type Bench, type Level, movedOf } from "./plan.ts";
import { isWhole, moved, showing, type Sight, whole, zoomed } from "./sight.ts";

export class Board {
  readonly drawings: Drawing[];
  sight: Sight;

  constructor(
    readonly root: HTMLElement,
    private readonly bench: Bench,
    private readonly choice: Choice,
  ) {
    const svg = (name: string): SVGSVGElement | null => root.querySelector<SVGSVGElement>(`[data-bench-map="${name}"]`);
    this.drawings = (["present", "draft"] as const).flatMap((name) => {
      const found = svg(name);
      return found ? [new Drawing(found, name, bench)] : [];
    });
    this.sight = whole(bench.box);
    this.draft?.lay(bench.present);
  }

  get draft(): Drawing | undefined {
    return this.drawings.find(({ name }) => name === "draft");
  }

  /** Everything that follows the division. */
  paint(level: Level): void {
    const changed = movedOf(this.bench);
    for (const drawing of this.drawings) {
      drawing.paint(level);
      drawing.mark(changed, this.choice);
      judge(this.root.querySelector(`[data-bench-pane="${drawing.name}"]`), drawing.side);
    }
    fill(this.root, this.bench, changed);
    this.drawings.forEach((drawing) => drawing.fit());
  }

  /** Everything that follows the choice of houses. */
  mark(): void {
    const changed = movedOf(this.bench);
    this.drawings.forEach((drawing) => drawing.mark(changed, this.choice));
    tick(this.root, this.bench, this.choice);
  }

  /** The window has another size: labels keep theirs. */
  fit(level: Level): void {
    for (const drawing of this.drawings) {
      drawing.label(level);
      drawing.fit();
    }
  }

  private look(sight: Sight): void {
    this.sight = sight;
    this.root.toggleAttribute("data-zoomed", !isWhole(this.bench.box, sight));
    this.drawings.forEach((drawing) => drawing.look(sight));
  }

  zoom(factor: number, at?: Point): void {
    this.look(factor ? zoomed(this.bench.box, this.sight, factor, at) : whole(this.bench.box));
  }

  pan(dx: number, dy: number): void {
    this.look(moved(this.bench.box, this.sight, dx, dy));
  }

  show(x: number, y: number): void {
    this.look(showing(this.bench.box, this.sight, x, y));
  }
}
