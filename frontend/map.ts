/** Maps: starts MapLibre where the machine can draw it, else shows the server's drawing; the list is there in any case. */
function canDraw(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

function showDrawing(place: HTMLElement): void {
  const held = place.querySelector("noscript");
  if (held?.textContent) place.insertAdjacentHTML("afterbegin", held.textContent);
  document.body.dataset["map"] = "drawing";
}

async function begin(place: HTMLElement): Promise<void> {
  if (!canDraw()) return showDrawing(place);
  const { show } = await import("./map/view.ts");
  show(place);
}

const place = document.querySelector<HTMLElement>("[data-map-view]");
if (place) void begin(place);
