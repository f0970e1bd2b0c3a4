/** What hands do on a drawing: click, double click, drag a house, frame with Shift, draw a line, pan, zoom, pinch. */
import type { Frame, Point } from "./choice.ts";
import { type Drawing, shape, under } from "./drawing.ts";
import { Pinch } from "./pinch.ts";

const START = 5; // px until a press becomes a drag

export interface Hands {
  /** What a drag that begins here does; a press that does not move is a click in any case. */
  begins(event: PointerEvent, drawing: Drawing): "pan" | "frame" | "carry" | "line" | "none";
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: Point): void;
  framed(frame: Frame): void;
  carried(event: PointerEvent): void;
  dropped(event: PointerEvent): void;
  line(from: Point, to: Point): void;
  click(event: PointerEvent, drawing: Drawing): void;
  twice(house: number): void;
  hover(event: PointerEvent, drawing: Drawing): void;
  left(): void;
}

type Deed = ReturnType<Hands["begins"]>;

class Press {
  deed: Deed | undefined;
  last: Point;

  constructor(
    readonly from: Point,
    readonly event: PointerEvent,
  ) {
    this.last = [event.clientX, event.clientY];
  }

  get way(): number {
    return Math.hypot(this.last[0] - this.event.clientX, this.last[1] - this.event.clientY);
  }
}

export function frameOf(from: Point, to: Point): SVGElement {
  const [x, y] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
  return shape("rect", { class: "wg-bench-frame-drawn", x, y, width: Math.abs(to[0] - from[0]), height: Math.abs(to[1] - from[1]) });
}

export function lineOf(from: Point, to: Point): SVGElement {
  return shape("path", { class: "wg-bench-cut", d: `M${from[0]} ${from[1]}L${to[0]} ${to[1]}` });
}

/** Listen to one drawing. */
export function listen(drawing: Drawing, hands: Hands): void {
  const { svg } = drawing;
  const pinch = new Pinch();
  let press: Press | undefined;

  svg.addEventListener("pointerdown", (event) => {
    pinch.down(event);
    if (pinch.isOn) {
      press = undefined;
      hands.left();
    }
    if (event.button !== 0 || !event.isPrimary) return;
    press = new Press(drawing.at(event), event);
  });
  svg.addEventListener("pointermove", (event) => {
    const pinched = pinch.move(event);
    if (pinched) {
      hands.zoom(pinched.factor, drawing.at({ clientX: pinched.at[0], clientY: pinched.at[1] }));
      return hands.pan(pinched.by[0] / drawing.scale, pinched.by[1] / drawing.scale);
    }
    if (press && !event.buttons) press = undefined; // let go outside of the window
    if (!press && event.pointerType === "touch") return; // the finger that is left of two
    if (!press) return hands.hover(event, drawing);
    const [x, y] = press.last;
    press.last = [event.clientX, event.clientY];
    if (!press.deed) {
      if (press.way < START) return;
      press.deed = hands.begins(press.event, drawing);
      if (press.deed !== "none") svg.setPointerCapture(event.pointerId);
    }
    const here = drawing.at(event);
    if (press.deed === "pan") hands.pan((x - event.clientX) / drawing.scale, (y - event.clientY) / drawing.scale);
    if (press.deed === "frame") drawing.live(frameOf(press.from, here));
    if (press.deed === "line") drawing.live(lineOf(press.from, here));
    if (press.deed === "carry") {
      drawing.live(lineOf(press.from, here));
      hands.carried(event);
    }
  });
  svg.addEventListener("pointerup", (event) => {
    pinch.up(event);
    const done = press;
    press = undefined;
    if (!done) return;
    const here = drawing.at(event);
    if (done.deed) drawing.live();
    if (!done.deed) hands.click(event, drawing);
    if (done.deed === "frame") hands.framed({ from: done.from, to: here });
    if (done.deed === "line") hands.line(done.from, here);
    if (done.deed === "carry") hands.dropped(event);
  });
  svg.addEventListener("pointercancel", (event) => {
    pinch.up(event);
    press = undefined;
    drawing.live();
  });
  svg.addEventListener("pointerleave", () => press ?? hands.left());
  svg.addEventListener("dblclick", (event) => {
    const house = under(event, "house");
    if (house !== undefined) hands.twice(house);
  });
  const keep = (event: TouchEvent): void => {
    if (event.touches.length > 1 && event.cancelable) event.preventDefault(); // one finger scrolls the page, two are ours
  };
  svg.addEventListener("touchstart", keep, { passive: false });
  svg.addEventListener("touchmove", keep, { passive: false });
  svg.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // the page scrolls; a pinch arrives with Ctrl
      event.preventDefault();
      hands.zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, drawing.at(event));
    },
    { passive: false },
  );
}
