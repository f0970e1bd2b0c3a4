/** Paints a division into one of the two drawings the server made; grounds and houses stay as they came. */
import { say } from "../modules/words.ts";
import type { Choice, Point } from "./choice.ts";
import { type Claim, shown } from "./labels.ts";
import { type Bench, type Grid, type Level, middleOf, type Side } from "./plan.ts";
import { type Sight, viewBox } from "./sight.ts";

const SVG = "http://www.w3.org/2000/svg";
const TYPE = 12; // px of a label, whatever the zoom
const NARROW = 480; // px under which labels are short

export function shape(name: string, attributes: Record<string, string | number>, text = ""): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text) element.textContent = text;
  return element;
}

/** How wide a text runs, in em: Chinese characters are square, the others about half. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, each) => sum + (each.charCodeAt(0) > 0x2e80 ? 1 : 0.58), 0);
}

export function classOf(grid: Grid): string {
  const more = [grid.kind === "dedicated_grid" && "wg-bench-dedicated", grid.is_locked && "wg-bench-locked", !grid.is_within && "wg-bench-out"];
  return ["wg-bench-grid", `wg-tint-${grid.tint}`, ...more].filter(Boolean).join(" ");
}

const LINE = 1.4; // em

function label([x, y]: Point, lines: string[], isOut: boolean): SVGElement {
  const made = shape("g", { class: `wg-bench-label${isOut ? " wg-bench-label-out" : ""}`, transform: `translate(${x} ${y})` });
  const wide = Math.max(...lines.map(widthOf)) + 1;
  made.append(shape("rect", { x: `${-wide / 2}em`, y: `${(-LINE / 2) * lines.length}em`, width: `${wide}em`, height: `${LINE * lines.length}em` }));
  lines.forEach((line, at) => made.append(shape("text", { class: at ? "" : "wg-bench-name", y: `${1.3 * (at + 0.5 - lines.length / 2) + 0.33}em` }, line)));
  return made;
}

/** A label with what it claims of the drawing. */
interface Placed extends Claim {
  key: number;
  element: SVGElement;
}

function placed(key: number, [x, y]: Point, size: number, lines: string[], isOut: boolean): Placed {
  return { key, x, y, size, wide: Math.max(...lines.map(widthOf)) + 1, high: LINE * lines.length, element: label([x, y], lines, isOut) };
}

export class Drawing {
  private labels: Placed[] = [];
  private chosen: number | undefined;

  constructor(
    readonly svg: SVGSVGElement,
    readonly name: "present" | "draft",
    private readonly bench: Bench,
  ) {}

  layer(name: string): SVGGElement | null {
    return this.svg.querySelector<SVGGElement>(`[data-bench-layer="${name}"]`);
  }

  get side(): Side {
    return this.bench[this.name];
  }

  /** Grids, micro-grids and labels as the division has them now. */
  paint(level: Level): void {
    const { grids, micro } = this.side;
    this.layer("grids")?.replaceChildren(
      ...grids.flatMap((grid) => {
        const area = shape("path", { class: classOf(grid), d: grid.path, "data-grid": grid.key });
        return grid.is_within ? [area] : [area, shape("path", { class: "wg-bench-hatch", d: grid.path, fill: `url(#bench-hatch-${this.name})` })];
      }),
    );
    this.layer("micro")?.replaceChildren(
      ...micro.map((each) => shape("path", { class: `wg-bench-micro${each.is_within ? "" : " wg-bench-out"}`, d: each.path, "data-micro": each.key })),
    );
    this.label(level);
  }

  /** Labels for the width there is. */
  label(level: Level): void {
    const { width } = this.svg.getBoundingClientRect();
    const isNarrow = width > 0 && width < NARROW;
    this.labels = level === "micro" && this.side.micro.length ? this.microLabels() : this.side.grids.map((grid) => this.gridLabel(grid, isNarrow));
    this.layer("labels")?.replaceChildren(...this.labels.map(({ element }) => element));
  }

  private gridLabel(grid: Grid, isNarrow: boolean): Placed {
    const says = grid.says ? say("bench_label", { n: grid.households, says: grid.says }) : String(grid.households);
    const lock = grid.is_locked ? ` · ${say("bench_locked")}` : "";
    const lines = isNarrow ? [grid.short + lock, grid.is_within ? String(grid.households) : grid.says] : [grid.name + lock, says];
    return placed(grid.key, [grid.x, grid.y], grid.households, lines, !grid.is_within);
  }

  private microLabels(): Placed[] {
    return this.side.micro.flatMap((each) => {
      const middle = middleOf(this.bench, this.side, each.key);
      if (!middle) return [];
      const rounds = say("bench_rounds", { n: each.households, minutes: each.minutes });
      return [placed(each.key, middle, each.households, each.is_within ? [each.short] : [each.short, each.says || rounds], !each.is_within)];
    });
  }

  /** Houses that change their grid, and those that are chosen. */
  mark(moved: ReadonlySet<number>, choice: Choice): void {
    const isDraft = this.name === "draft";
    for (const house of this.bench.houses) {
      const drawn = this.layer("houses")?.querySelector(`[data-house="${house.id}"]`);
      drawn?.classList.toggle("wg-bench-moved", isDraft && moved.has(house.id));
      drawn?.classList.toggle("wg-bench-chosen", choice.of(house) !== "none");
    }
  }

  /** The grid that a move or a tool aims at. */
  aim(key: number | undefined, level: Level): void {
    const attribute = level === "micro" ? "data-micro" : "data-grid";
    this.svg.querySelectorAll(".wg-bench-aimed").forEach((each) => each.classList.remove("wg-bench-aimed"));
    if (key !== undefined) this.svg.querySelector(`[${attribute}="${key}"]`)?.classList.add("wg-bench-aimed");
  }

  /** The label of this grid shows, whatever lies near it. */
  choose(key: number | undefined): void {
    if (key === this.chosen) return;
    this.chosen = key;
    this.thin();
  }

  live(...shapes: SVGElement[]): void {
    this.layer("live")?.replaceChildren(...shapes);
  }

  /** The outlines of the present as lines over this drawing. */
  lay(other: Side): void {
    this.layer("over")?.remove();
    const over = shape("g", { "data-bench-layer": "over", class: "wg-bench-over" });
    over.append(...other.grids.map((grid) => shape("path", { d: grid.path })));
    this.layer("labels")?.before(over);
  }

  /** How many pixels a unit takes. */
  get scale(): number {
    const { width, height } = this.svg.getBoundingClientRect();
    const seen = this.svg.viewBox.baseVal;
    return Math.min(width / seen.width, height / seen.height) || 1;
  }

  look(sight: Sight): void {
    this.svg.setAttribute("viewBox", viewBox(sight));
    this.fit();
  }

  /** Labels keep their size on the screen, and none lies over another. */
  fit(): void {
    this.layer("labels")?.setAttribute("font-size", (TYPE / this.scale).toFixed(2));
    this.fixed().forEach(({ element }) => element.setAttribute("font-size", (TYPE / this.scale).toFixed(2)));
    this.thin();
  }

  /** The names of dedicated grids: the server wrote them, the drawing of grids goes first. */
  private fixed(): Placed[] {
    return [...this.svg.querySelectorAll<SVGElement>(".wg-bench-fixed text")].map((element) => {
      const [x, y] = [Number(element.getAttribute("x")), Number(element.getAttribute("y"))];
      return { key: NaN, x, y, size: 0, wide: widthOf(element.textContent), high: LINE, element };
    });
  }

  private thin(): void {
    const all = [...this.labels, ...this.fixed()].map((each) => ({ ...each, isChosen: each.key === this.chosen }));
    const seen = shown(all, TYPE / this.scale);
    all.forEach((each) => each.element.classList.toggle("wg-bench-hidden", !seen.has(each)));
  }

  /** A point of the screen in units of the drawing. */
  at(event: { clientX: number; clientY: number }): Point {
    const matrix = this.svg.getScreenCTM();
    if (!matrix) return [0, 0];
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    return [point.x, point.y];
  }
}

/** What lies under a point of the screen: the number a drawn thing carries in its `data-…`. */
export function under(event: { clientX: number; clientY: number }, attribute: "house" | "grid" | "micro"): number | undefined {
  for (const element of document.elementsFromPoint(event.clientX, event.clientY)) {
    const value = element.getAttribute(`data-${attribute}`);
    if (value !== null) return Number(value);
  }
  return undefined;
}
