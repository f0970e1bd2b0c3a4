/** The list beside the map: choosing a row moves the map, choosing a symbol moves the list. */
export type Point = [number, number];

export function itemsOf(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("[data-map-list] [data-map-id]")];
}

export function pointOf(item: HTMLElement): Point | undefined {
  const [lon, lat] = [Number(item.dataset["lon"] || NaN), Number(item.dataset["lat"] || NaN)];
  return Number.isFinite(lon) && Number.isFinite(lat) ? [lon, lat] : undefined;
}

/** Mark the row of an id as the current one and bring it into sight. */
export function mark(id: string, root: ParentNode = document): HTMLElement | undefined {
  let found: HTMLElement | undefined;
  for (const item of itemsOf(root)) {
    const isIt = item.dataset["mapId"] === id;
    if (isIt) item.setAttribute("aria-current", "true");
    else item.removeAttribute("aria-current");
    if (isIt) found = item;
  }
  found?.scrollIntoView?.({ block: "nearest" });
  return found;
}

/** Tell the map when a row is clicked (not its links) or reached by keyboard. */
export function listen(choose: (id: string, point: Point | undefined) => void, root: Document = document): void {
  const tell = (event: Event): void => {
    const target = event.target as Element;
    const item = target.closest<HTMLElement>("[data-map-list] [data-map-id]");
    if (item && !(event.type === "click" && target.closest("a"))) choose(item.dataset["mapId"] ?? "", pointOf(item));
  };
  root.addEventListener("click", tell);
  root.addEventListener("focusin", tell);
}
