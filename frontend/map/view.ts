/** The map itself: asks for the ground in sight, paints what the list's answer brought, and keeps the address in step. */
import { type GeoJSONSource, type MapMouseEvent, Map as MapView, NavigationControl, setWorkerUrl } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { REFRESH } from "../modules/changes.ts";
import { say } from "../modules/words.ts";
import * as address from "./address.ts";
import * as ground from "./ground.ts";
import * as list from "./list.ts";
import { among, isSeen, marksOf, ofLevel } from "./paint.ts";
import { type Drawn, drawnOf, Parts } from "./parts.ts";
import { draw, KINDS, pattern } from "./shapes.ts";
import { BUILDINGS_FROM, EMPTY, type Source, style } from "./style.ts";

setWorkerUrl(workerUrl);

const FAMILY = '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const NEAR = 16;
const PAUSE = 250; // a map that is dragged on asks once
const QUIET = { quiet: true }; // moved by us: the address says already where
const [ALL, MOVED] = [["bar", "legend", "side"], ["legend", "side"]];

/** The circle of an area, not of the cases of one place: numbers of cases have a dash. */
function isArea(id: string): boolean {
  return /^\d+$/.test(id);
}

class View {
  private held: Partial<Record<"ground" | "buildings", ground.Piece>> = {};
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly place: HTMLElement,
    private readonly map: MapView,
    private readonly parts: Parts,
    private drawn: Drawn,
  ) {}

  private get sides(): ground.Sides {
    return this.map.getBounds().toArray().flat() as ground.Sides;
  }

  private get at(): address.At {
    const { lng, lat } = this.map.getCenter();
    return { lon: lng, lat, zoom: this.map.getZoom() };
  }

  private source(name: Source): GeoJSONSource | undefined {
    return this.map.getSource<GeoJSONSource>(name);
  }

  /** Ask for what the view lacks; what it holds already is not asked for again. */
  async look(): Promise<void> {
    const zoom = this.map.getZoom();
    const wanted = (["ground", "buildings"] as const).filter((name) => !ground.holds(this.held[name], this.sides, zoom));
    await Promise.all(wanted.map((name) => this.fetch(name, zoom)));
  }

  private async fetch(name: "ground" | "buildings", zoom: number): Promise<void> {
    if (name === "buildings" && (zoom < BUILDINGS_FROM || this.drawn.off.includes("buildings"))) return this.tell("");
    const piece = ground.pieceOf(this.sides, zoom);
    this.held[name] = piece;
    try {
      const answer = await ground.ask(ground.addressOf(this.place.dataset[name] ?? "", piece));
      if (this.held[name] !== piece) return;
      this.source(name)?.setData(answer.data ?? EMPTY);
      if (name === "ground" && answer.data) this.source("names")?.setData(ground.namesOf(answer.data));
      if (name === "buildings") this.tell(answer.says);
    } catch {
      delete this.held[name]; // the freshness mark says that the net is gone; the next move asks again
    }
  }

  private tell(text: string): void {
    const says = this.place.querySelector<HTMLElement>("[data-map-says]");
    if (!says) return;
    says.textContent = text;
    says.hidden = !text;
  }

  /** Paint what an answer of the server holds. */
  paint(): void {
    const { map, drawn } = this;
    this.source("marks")?.setData(marksOf(drawn, drawn.case));
    map.removeFeatureState({ source: "ground" });
    map.removeFeatureState({ source: "buildings" });
    for (const [id, step] of Object.entries(drawn.steps)) map.setFeatureState({ source: "ground", id: Number(id) }, { step });
    if (drawn.grid !== null) map.setFeatureState({ source: "ground", id: drawn.grid }, { chosen: true });
    if (drawn.building !== null) map.setFeatureState({ source: "buildings", id: drawn.building }, { chosen: true });
    map.setFilter("shade", ofLevel(drawn.theme, drawn.level));
    map.setFilter("hidden", among(drawn.hidden));
    for (const layer of ["beyond", "beyond-line"]) map.setFilter(layer, among(drawn.beyond));
    for (const layer of map.getLayersOrder()) {
      const isOn = isSeen(layer, drawn.off) && !(layer === "grid-fill" && drawn.theme);
      map.setLayoutProperty(layer, "visibility", isOn ? "visible" : "none");
    }
  }

  /** Follow an address: the list comes from the server, the map goes where it says. */
  async go(search: string, { push = true } = {}): Promise<void> {
    const had = this.drawn;
    if (push) history.pushState(null, "", search || location.pathname);
    const at = address.atOf(search);
    if (at) this.map.jumpTo({ center: [at.lon, at.lat], zoom: at.zoom }, QUIET);
    await this.load(search, ALL, at ? this.sides : undefined);
    if (!at) this.map.fitBounds(this.drawn.box, { padding: 24, animate: false }, QUIET);
    const isNew = this.drawn.grid !== had.grid || this.drawn.building !== had.building;
    if (isNew) document.getElementById("chosen")?.focus({ preventScroll: true });
    await this.look();
  }

  private async load(search: string, names: string[], box?: ground.Sides): Promise<void> {
    const drawn = await this.parts.load(search, box, names);
    if (!drawn) return;
    this.drawn = drawn;
    this.paint();
    document.querySelectorAll<HTMLAnchorElement>("[data-map-print]").forEach((link) => (link.search = search));
  }

  private refresh(): Promise<void> {
    return this.load(location.search, MOVED, address.atOf(location.search) ? this.sides : undefined);
  }

  private whenMoved(isOurs: boolean): void {
    clearTimeout(this.timer);
    void this.look();
    if (isOurs) return;
    this.timer = setTimeout(() => {
      history.replaceState(null, "", address.moved(location.search, this.at));
      void this.refresh();
    }, PAUSE);
  }

  /** A case of the list or the map: its row and its symbol stand out, and the map goes there. */
  choose(id: string, point?: list.Point): void {
    if (!id || id === this.drawn.case) return;
    if (isArea(id)) return void list.mark(id); // reading on to the next area does not move the map, its link does
    this.drawn = { ...this.drawn, case: id };
    list.mark(id);
    this.source("marks")?.setData(marksOf(this.drawn, id));
    history.replaceState(null, "", address.chosen(location.search, "case", id));
    const mark = this.drawn.marks.find((each) => each.id === id);
    const there = point ?? (mark && ([mark.lon, mark.lat] as list.Point));
    if (there) this.map.easeTo({ center: there, zoom: Math.max(this.map.getZoom(), NEAR) });
  }

  /** What lies under a click: a case, a circle, else a building, else a grid. */
  private click(event: MapMouseEvent, { marks = true } = {}): void {
    const layers = [...(marks ? ["spot", "heap"] : []), "building", "grid-fill", "shade"].filter((layer) => this.map.getLayoutProperty(layer, "visibility") !== "none");
    const hit = this.map.queryRenderedFeatures(event.point, { layers })[0];
    if (!hit) return;
    const id = String(hit.layer.id === "spot" || hit.layer.id === "heap" ? hit.properties["id"] : hit.id);
    if (hit.layer.id === "spot" || (hit.layer.id === "heap" && !isArea(id))) this.choose(id);
    else if (hit.layer.id === "heap") void this.go(address.followed(`?in=${id}`, location.search));
    else if (hit.layer.id === "building") void this.go(address.chosen(location.search, "building", id));
    else if (hit.properties["level"] === "grid") void this.go(address.chosen(location.search, "grid", id));
  }

  listen(): void {
    const { map } = this;
    map.on("click", (event) => this.click(event));
    map.on("contextmenu", (event) => this.click(event, { marks: false }));
    for (const layer of ["spot", "heap"]) {
      map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
      map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
    }
    map.on("moveend", (event) => this.whenMoved("quiet" in event));
    addEventListener("popstate", () => void this.go(location.search, { push: false }));
    list.listen((id, point) => this.choose(id, point));
    document.getElementById("map-side")?.addEventListener(REFRESH, (event) => {
      event.stopPropagation(); // the list is ours: it comes with what the map paints
      void this.refresh();
    });
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element && !event.ctrlKey && !event.metaKey && !event.shiftKey ? event.target.closest<HTMLAnchorElement>("a[data-map-link]") : null;
      if (!link) return;
      event.preventDefault();
      void this.go(address.followed(link.search, location.search));
    });
    const send = (event: Event): void => {
      const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-map-form]") : null;
      if (!form) return;
      event.preventDefault();
      void this.go(address.filtered(location.search, new FormData(form)));
    };
    document.addEventListener("submit", send);
    document.addEventListener("change", send);
  }
}

export function show(place: HTMLElement): void {
  const drawn = drawnOf();
  if (!drawn) return;
  const container = document.createElement("div");
  container.className = "wg-map-ground";
  place.append(container);
  const at = address.atOf(location.search);
  const map = new MapView({
    container,
    style: style(),
    ...(at ? { center: [at.lon, at.lat], zoom: at.zoom } : { bounds: drawn.box, fitBoundsOptions: { padding: 24 } }),
    localIdeographFontFamily: FAMILY,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxPitch: 0,
    maxZoom: 20,
    renderWorldCopies: false,
    fadeDuration: 0,
    validateStyle: false,
    locale: { "NavigationControl.ZoomIn": say("zoom_in"), "NavigationControl.ZoomOut": say("zoom_out"), "Map.Title": say("map") },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
  const view = new View(place, map, new Parts(location.pathname), drawn);
  map.on("load", () => {
    for (const kind of KINDS) {
      const image = draw(kind);
      if (image) map.addImage(kind, image, { pixelRatio: 2 });
    }
    for (const which of ["hidden", "beyond"] as const) {
      const image = pattern(which);
      if (image) map.addImage(which, image, { pixelRatio: 2 });
    }
    view.paint();
    view.listen();
    void view.look().then(() => map.once("idle", () => (document.body.dataset["map"] = "idle")));
  });
}
