/** The map itself: loads its sources from the page's addresses and keeps the chosen case in step with the list. */
import { type GeoJSONSource, type LngLatBoundsLike, Map as MapView, NavigationControl, setWorkerUrl } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { REFRESH } from "../modules/changes.ts";
import { say } from "../modules/words.ts";
import * as list from "./list.ts";
import { draw, KINDS } from "./shapes.ts";
import { BUILDINGS_FROM, EMPTY, SOURCES, type Source, style } from "./style.ts";

setWorkerUrl(workerUrl);

const FAMILY = '"PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
const NEAR = 15;

class View {
  private cases = EMPTY;
  private chosen = "";

  constructor(
    private readonly place: HTMLElement,
    private readonly map: MapView,
  ) {}

  private source(name: Source): GeoJSONSource | undefined {
    return this.map.getSource<GeoJSONSource>(name);
  }

  private async read(name: Source): Promise<GeoJSON.FeatureCollection> {
    const address = this.place.dataset[name];
    if (!address) return EMPTY;
    const url = new URL(address, location.href);
    if (name === "buildings") url.searchParams.set("bbox", this.map.getBounds().toArray().flat().join(","));
    const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
    return answer.ok ? ((await answer.json()) as GeoJSON.FeatureCollection) : EMPTY;
  }

  async load(name: Source): Promise<void> {
    if (name === "buildings" && this.map.getZoom() < BUILDINGS_FROM) return;
    try {
      const data = await this.read(name);
      if (name === "cases") this.cases = data;
      if (name === "cases") this.paintCases();
      else this.source(name)?.setData(data);
    } catch {
      // the list beside the map has the same content, and the freshness mark says that the net is gone
    }
  }

  private paintCases(): void {
    const features = this.cases.features.map((feature) => {
      const isChosen = String(feature.properties?.["id"]) === this.chosen;
      return isChosen ? { ...feature, properties: { ...feature.properties, chosen: true } } : feature;
    });
    this.source("cases")?.setData({ ...this.cases, features });
  }

  choose(id: string, point?: list.Point): void {
    if (id === this.chosen) return;
    this.chosen = id;
    list.mark(id);
    this.paintCases();
    const there = point ?? this.pointOf(id);
    if (there) this.map.easeTo({ center: there, zoom: Math.max(this.map.getZoom(), NEAR) });
  }

  private pointOf(id: string): list.Point | undefined {
    const found = this.cases.features.find((feature) => String(feature.properties?.["id"]) === id);
    return found?.geometry.type === "Point" ? (found.geometry.coordinates as list.Point) : undefined;
  }

  listen(): void {
    const { map } = this;
    map.on("click", "case", (event) => this.choose(String(event.features?.[0]?.properties["id"] ?? "")));
    map.on("mouseenter", "case", () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", "case", () => (map.getCanvas().style.cursor = ""));
    map.on("moveend", () => void this.load("buildings"));
    document.addEventListener(REFRESH, () => void this.load("cases"));
    list.listen((id, point) => this.choose(id, point));
  }
}

function boundsOf(place: HTMLElement): LngLatBoundsLike | undefined {
  const sides = (place.dataset["bounds"] ?? "").split(",").map(Number);
  return sides.length === 4 && sides.every(Number.isFinite) ? (sides as [number, number, number, number]) : undefined;
}

export function show(place: HTMLElement): void {
  const ground = document.createElement("div");
  ground.className = "wg-map-ground";
  const bounds = boundsOf(place);
  place.append(ground);
  const map = new MapView({
    container: ground,
    style: style(),
    ...(bounds ? { bounds, fitBoundsOptions: { padding: 24 } } : { center: [121.1, 31.5], zoom: 11 }),
    localIdeographFontFamily: FAMILY,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    locale: { "NavigationControl.ZoomIn": say("zoom_in"), "NavigationControl.ZoomOut": say("zoom_out"), "Map.Title": say("map") },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "bottom-right");
  const view = new View(place, map);
  map.on("load", () => {
    place.querySelectorAll<HTMLElement>("[data-map-drawing]").forEach((drawing) => (drawing.hidden = true));
    for (const kind of KINDS) {
      const image = draw(kind);
      if (image) map.addImage(kind, image, { pixelRatio: 2 });
    }
    view.listen();
    void Promise.all(SOURCES.map((name) => view.load(name))).then(() => map.once("idle", () => (document.body.dataset["map"] = "idle")));
  });
}
