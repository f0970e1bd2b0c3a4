/** Bar, legend and list come from the server whole, with what the map has to paint: one answer, so they always agree. */
import type { Sides } from "./ground.ts";

export interface Mark {
  id: string;
  lon: number;
  lat: number;
  offset: [number, number];
  kind: string;
  label: string;
  is_heap: boolean;
  title: string;
}

export interface Drawn {
  box: Sides;
  marks: Mark[];
  off: string[];
  theme: string;
  level: string;
  grid: number | null;
  building: number | null;
  case: string;
  steps: Record<string, number>;
  hidden: number[];
  beyond: number[];
}

export function drawnOf(root: ParentNode = document): Drawn | undefined {
  const text = root.querySelector("#map-drawn")?.textContent;
  return text ? (JSON.parse(text) as Drawn) : undefined;
}

/** What has the focus, so that its successor in the new part gets it back. */
function markOf(element: Element): string {
  const row = element.closest<HTMLElement>("[data-map-id]");
  return element.getAttribute("data-key") ?? element.getAttribute("name") ?? row?.dataset["mapId"] ?? element.textContent ?? "";
}

const FOCUSABLE = "a[href], button, select, summary, [tabindex]";

/** Put the parts of an answer in place of those on the page; a list that somebody reads keeps its focus. */
export function put(text: string, names: string[], root: Document = document): void {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const name of names) {
    const [old, fresh] = [root.querySelector(`[data-map-part="${name}"]`), page.querySelector(`[data-map-part="${name}"]`)];
    if (!old || !fresh) continue;
    const held = root.activeElement && old.contains(root.activeElement) ? markOf(root.activeElement) : undefined;
    const opened = [...old.querySelectorAll("details")].map((each) => each.open);
    old.replaceChildren(...fresh.childNodes);
    old.querySelectorAll("details").forEach((each, at) => (each.open = opened[at] ?? each.open));
    if (held === undefined) continue;
    [...old.querySelectorAll<HTMLElement>(FOCUSABLE)].find((each) => markOf(each) === held)?.focus({ preventScroll: true });
  }
}

export class Parts {
  private asked = 0;

  constructor(
    private readonly path: string,
    private readonly request: typeof fetch = (...given) => fetch(...given),
  ) {}

  /** Load the parts of an address and put those named; undefined when a later question overtook this one or the net is gone. */
  async load(search: string, box: Sides | undefined, names: string[]): Promise<Drawn | undefined> {
    const turn = ++this.asked;
    const params = new URLSearchParams(search);
    if (box) params.set("bbox", box.map((side) => side.toFixed(5)).join(","));
    try {
      const answer = await this.request(`${this.path}?${params}`, { credentials: "same-origin", headers: { "HX-Request": "true" } });
      const text = answer.ok ? await answer.text() : "";
      if (!text || turn !== this.asked) return undefined;
      put(text, names);
      return drawnOf();
    } catch {
      return undefined; // the freshness mark says that the net is gone; what is shown stays
    }
  }
}
