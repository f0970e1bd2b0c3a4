/** Maps: starts MapLibre where the machine can draw it, else leaves the server's drawing and the list in place. */
function canDraw(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

async function begin(place: HTMLElement): Promise<void> {
  if (!canDraw()) {
    document.body.dataset["map"] = "drawing";
    return;
  }
  const { show } = await import("./map/view.ts");
  show(place);
}

const place = document.querySelector<HTMLElement>("[data-map-view]");
if (place) void begin(place);
