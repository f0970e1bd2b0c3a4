/** The address keeps the view: middle, scale, layers, filters, what is chosen. Nothing in it is about a person. */
export interface At {
  lon: number;
  lat: number;
  zoom: number;
}

export function atOf(search: string): At | undefined {
  const parts = (new URLSearchParams(search).get("at") ?? "").split(",").map(Number);
  const [lon, lat, zoom] = parts;
  if (parts.length !== 3 || lon === undefined || lat === undefined || zoom === undefined || !parts.every(Number.isFinite)) return undefined;
  return { lon, lat, zoom };
}

function written(params: URLSearchParams): string {
  for (const [name, value] of [...params]) if (!value) params.delete(name);
  const text = params.toString().replace(/%2C/g, ",");
  return text ? `?${text}` : "";
}

/** The address after the map was moved: an area that was asked for is left behind, the rest stays. */
export function moved(search: string, at: At): string {
  const params = new URLSearchParams(search);
  params.delete("in");
  params.set("at", [at.lon.toFixed(5), at.lat.toFixed(5), at.zoom.toFixed(2)].join(","));
  return written(params);
}

/** The address a link leads to from here: it keeps the view, unless it leads into another area. */
export function followed(link: string, here: string): string {
  const [next, now] = [new URLSearchParams(link), new URLSearchParams(here)];
  const into = next.get("in");
  next.delete("at");
  if (into === null || into === now.get("in")) for (const name of ["at", "in"]) next.set(name, now.get(name) ?? "");
  else for (const name of ["tint", "off", "group", "state", "days"]) if (!next.has(name)) next.set(name, now.get(name) ?? "");
  if (next.get("at")) next.delete("in");
  return written(next);
}

/** The address with one thing chosen, a grid, a building or a case, and no other. */
export function chosen(here: string, what: "grid" | "building" | "case", id: string): string {
  const params = new URLSearchParams(here);
  if (what !== "case") for (const name of ["grid", "building"]) params.delete(name);
  params.set(what, id);
  return written(params);
}

/** The address of a filter form: what its fields say laid over the rest. */
export function filtered(here: string, form: FormData): string {
  const params = new URLSearchParams(here);
  form.forEach((value, name) => {
    if (name !== "at" && name !== "in") params.set(name, String(value));
  });
  return written(params);
}
