/** The workbench: choosing, aiming, sending edits, and showing what became of them. */
import { say } from "../modules/words.ts";
import { around } from "./around.ts";
import { Board } from "./board.ts";
import { cardOf, changesOf } from "./card.ts";
import { Choice, type Point } from "./choice.ts";
import { Cursor, type Place, ringOf } from "./cursor.ts";
import { lineOf } from "./gestures.ts";
import { setLevel, setTool } from "./look.ts";
import { type Bench, type Grid, gridsOf, type House, type Level } from "./plan.ts";
import { type Answer, send } from "./send.ts";
import { type Edit, type Meant, type Tool, Tools } from "./tools.ts";

function isHouse(place: Place): place is House {
  return "pieces" in place;
}

function isGrid(place: Place): place is Grid {
  return "says" in place;
}

export class Workbench {
  readonly tools = new Tools();
  readonly choice = new Choice(() => this.chosen());
  readonly board: Board;
  readonly cursor: Cursor;
  private readonly form: HTMLFormElement | null;
  private isBusy = false;

  constructor(
    readonly root: HTMLElement,
    readonly bench: Bench,
    private readonly ask?: typeof fetch,
  ) {
    this.form = root.querySelector<HTMLFormElement>("[data-bench-edit]");
    this.board = new Board(root, bench, this.choice);
    this.cursor = new Cursor({
      kind: () => (this.tools.tool === "line" ? "point" : this.tools.tool === "move" ? "house" : "grid"),
      houses: () => bench.houses,
      grids: () => bench.draft.grids,
      width: () => this.board.sight.w,
      middle: () => [this.board.sight.x + this.board.sight.w / 2, this.board.sight.y + this.board.sight.h / 2],
      moved: (place) => this.pointed(place),
      taken: (place) => this.taken(place),
      pan: (dx, dy) => this.board.pan(dx, dy),
      zoom: (factor) => this.board.zoom(factor),
    });
  }

  one(selector: string): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(selector);
  }

  take(tool: Tool): void {
    this.tools.take(tool);
    this.cursor.place = undefined;
    setTool(this.root, tool);
    this.clear();
  }

  setLevel(level: Level): void {
    this.tools.level = level;
    setLevel(this.root, level);
    this.board.paint(level);
  }

  /** Say something in the status line; it is read aloud. */
  tell(text: string): void {
    const place = this.one("[data-bench-says]");
    if (place) place.textContent = text;
  }

  /** What went wrong, and loading again where somebody else was quicker. */
  private trouble(text: string, isStale: boolean): void {
    const [box, words, link] = ["[data-bench-trouble]", "[data-bench-trouble-text]", "[data-bench-reload]"].map((selector) => this.one(selector));
    if (words) words.textContent = text;
    if (box) box.hidden = !text;
    if (link) link.hidden = !isStale;
  }

  private chosen(): void {
    this.board.mark();
    this.clear();
  }

  /** Take away what hovers: card, aim, half a line. */
  clear(): void {
    const card = this.one("[data-bench-card]");
    if (card) card.hidden = true;
    const { draft } = this.board;
    draft?.aim(this.tools.first, "general");
    this.single(undefined);
    const { begun } = this.tools;
    const marks = [begun && ringOf({ x: begun[0], y: begun[1] }, draft?.scale ?? 1), this.cursor.place && ringOf(this.cursor.place, draft?.scale ?? 1)];
    draft?.live(...marks.filter((mark) => mark !== undefined));
  }

  /** The grid pointed at, the first of two, or the one the keys are on: its label shows whatever lies near it. */
  private single(key: number | undefined): void {
    const { place } = this.cursor;
    this.board.draft?.choose(key ?? this.tools.first ?? (place && isGrid(place) ? place.key : undefined));
  }

  none(): void {
    this.tools.forget();
    this.choice.clear();
  }

  /** Aim at a grid: it stands out, and the card says what would become of it. */
  aim(key: number | undefined): void {
    const { level, tool } = this.tools;
    this.single(key);
    if (tool === "line" || (tool === "move" && !this.choice.pieces.size)) return;
    this.board.draft?.aim(key ?? this.tools.first, tool === "move" ? level : "general");
    const card = this.one("[data-bench-card]");
    if (!card) return;
    const changes = tool === "move" && key !== undefined ? changesOf(this.bench, this.choice.pieces, key, level) : [];
    card.hidden = !changes.length;
    if (changes.length) card.replaceChildren(...cardOf(this.bench, this.choice.pieces, changes, level));
  }

  /** The free end of a line that has begun. */
  stretch(to: Point): void {
    const { begun } = this.tools;
    if (begun) this.board.draft?.live(lineOf(begun, to), ringOf({ x: begun[0], y: begun[1] }, this.board.draft.scale));
  }

  private pointed(place: Place): void {
    this.board.show(place.x, place.y);
    this.clear();
    if (this.tools.begun) this.stretch([place.x, place.y]);
    if (isHouse(place)) this.tell(say("bench_house", { name: place.name, n: place.households, grid: gridsOf(this.bench.draft, place) }));
    else if (isGrid(place)) this.tell(`${place.name} · ${say("bench_label", { n: place.households, says: place.says })}`);
  }

  private taken(place: Place): void {
    if (isHouse(place)) {
      this.choice.toggle(place);
      this.tell(this.one("[data-bench-chosen]")?.textContent ?? "");
    } else if (isGrid(place)) this.grid(place.key);
    else this.act(this.tools.point(this.bench, [place.x, place.y]));
  }

  /** A grid was clicked, or taken with Enter. */
  grid(key: number): void {
    this.act(this.tools.grid(this.bench, this.choice.pieces, key));
    if (this.tools.tool === "name") this.name(key);
  }

  /** A grid to be named: the form holds it, its name waits to be written over. */
  name(key: number): void {
    const [select, input] = [this.root.querySelector<HTMLSelectElement>("#bench-named"), this.root.querySelector<HTMLInputElement>("#bench-name")];
    if (!select || !input) return;
    select.value = String(key);
    input.value = this.bench.draft.grids.find((grid) => grid.key === key)?.name ?? "";
    input.focus();
    input.select();
  }

  /** Do what a tool meant: send the edit, or say what is missing. */
  act(meant: Meant): void {
    if (!meant) return;
    this.clear();
    if ("edit" in meant) return void this.send(meant.edit);
    this.tell(say(meant.says, meant.grid ? { grid: meant.grid } : {}));
  }

  async send(edit: Edit): Promise<void> {
    if (this.isBusy || !this.form) return;
    this.isBusy = true;
    this.tools.forget();
    this.one('[data-bench-pane="draft"]')?.setAttribute("aria-busy", "true");
    this.tell(say("bench_busy"));
    try {
      const outcome = await send(this.form, this.bench.version, edit, this.ask);
      if ("answer" in outcome) return this.adopt(outcome.answer);
      this.tell("");
      this.trouble(outcome.trouble, outcome.isStale);
    } finally {
      this.isBusy = false;
      this.one('[data-bench-pane="draft"]')?.removeAttribute("aria-busy");
    }
  }

  /** Show the draft as the server has it now. */
  adopt(answer: Answer): void {
    Object.assign(this.bench, { draft: answer.draft, version: answer.version, undo: answer.undo, redo: answer.redo });
    this.cursor.place = this.cursor.place && this.again(this.cursor.place);
    this.trouble("", false);
    this.choice.clear();
    this.board.paint(this.tools.level);
    around(this.root, answer);
    this.tell(answer.says);
  }

  /** Where the keys are on after an edit: where they were; a grid that ended gives way to the nearest one. */
  private again(place: Place): Place | undefined {
    if (!isGrid(place)) return place;
    const { grids } = this.bench.draft;
    const far = (grid: Grid): number => Math.hypot(grid.x - place.x, grid.y - place.y);
    return grids.find(({ key }) => key === place.key) ?? [...grids].sort((a, b) => far(a) - far(b))[0];
  }
}
