/** The workbench of a division: two drawings that are worked by hand, by key and by form alike. */
import "./styles/desk/bench.css";
import { listen } from "./bench/hands.ts";
import * as look from "./bench/look.ts";
import { benchOf, type Level } from "./bench/plan.ts";
import { Workbench } from "./bench/workbench.ts";

function start(root: HTMLElement): void {
  const bench = benchOf();
  if (!bench) return;
  const work = new Workbench(root, bench);
  look.reveal(root);
  look.listen(
    root,
    (level) => work.setLevel(level as Level),
    (mode) => {
      look.setMode(root, mode);
      work.board.paint(work.tools.level);
    },
  );
  look.setMode(root, "side");
  look.setTool(root, "move");
  work.setLevel("general");
  work.board.mark();
  listen(work);
  root.dataset["ready"] = "";
}

const place = document.querySelector<HTMLElement>("[data-bench]");
if (place) start(place);
