/** Which pieces of the register to ask for: cut to a lattice, so that panning a little asks nothing and twice the same. */
export type Sides = [west: number, south: number, east: number, north: number];

export interface Piece {
  sides: Sides;
  zoom: number;
}

/** The piece that holds a view: its sides on a lattice of a quarter of a screen's tile, its scale by halves. */
export function pieceOf(view: Sides, zoom: number): Piece {
  const step = 360 / 2 ** (Math.floor(zoom) + 1);
  const [west, south, east, north] = view;
  const sides: Sides = [Math.floor(west / step) * step, Math.floor(south / step) * step, Math.ceil(east / step) * step, Math.ceil(north / step) * step];
  return { sides, zoom: Math.floor(zoom * 2) / 2 };
}

export function holds(piece: Piece | undefined, view: Sides, zoom: number): boolean {
  if (!piece || piece.zoom !== Math.floor(zoom * 2) / 2) return false;
  const [west, south, east, north] = piece.sides;
  return west <= view[0] && south <= view[1] && east >= view[2] && north >= view[3];
}

export function addressOf(path: string, piece: Piece): string {
  return `${path}?bbox=${piece.sides.map((side) => side.toFixed(6)).join(",")}&z=${piece.zoom}`;
}

export interface Answer {
  data?: GeoJSON.FeatureCollection;
  says: string;
}

/** The data of a piece, or the sentence with which the server refused it. Rejects when the net is gone. */
export async function ask(address: string, request: typeof fetch = (...given) => fetch(...given)): Promise<Answer> {
  const answer = await request(address, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (answer.ok) return { data: (await answer.json()) as GeoJSON.FeatureCollection, says: "" };
  const body = (await answer.json().catch(() => ({}))) as { detail?: string };
  return { says: body.detail ?? "" };
}

/** Names as points in the middle of their areas, once each, not once a tile. */
export function namesOf(ground: GeoJSON.FeatureCollection): GeoJSON.FeatureCollection {
  const features = ground.features.flatMap((feature): GeoJSON.Feature[] => {
    if (!feature.properties?.["name"]) return [];
    const middle = middleOf(feature.geometry);
    return middle ? [{ type: "Feature", geometry: { type: "Point", coordinates: middle }, properties: feature.properties }] : [];
  });
  return { type: "FeatureCollection", features };
}

function middleOf(geometry: GeoJSON.Geometry): [number, number] | undefined {
  if (geometry.type === "LineString") return geometry.coordinates[geometry.coordinates.length >> 1] as [number, number];
  const line = geometry.type === "Polygon" ? geometry.coordinates[0] : geometry.type === "MultiPolygon" ? geometry.coordinates[0]?.[0] : undefined;
  if (!line?.length) return undefined;
  const [xs, ys] = [line.map((at) => at[0] ?? 0), line.map((at) => at[1] ?? 0)];
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}
