import { beforeEach, expect, test } from "vitest";
import { one, page } from "../testing/page.ts";
import { fit, Photos, redraw } from "./photos.ts";

const file = (name: string): File => new File(["x"], name, { type: "image/png" });
const asJpeg = async (original: File): Promise<File> => new File(["y"], original.name.replace(".png", ".jpg"), { type: "image/jpeg" });
const sent = (): string[] => [...(one<HTMLInputElement>("input").files ?? [])].map((photo) => photo.name);

let photos: Photos;

beforeEach(() => {
  page('<div data-photos="3"><input type="file" multiple><span data-photos-count></span><p data-photos-note></p><ul data-photos-list></ul></div>');
  photos = new Photos(one("[data-photos]"), asJpeg);
});

test.each([[4000, 3000, [2048, 1536]], [3000, 4000, [1536, 2048]], [800, 600, [800, 600]], [9000, 2, [2048, 1]]])(
  "a picture of %d × %d is drawn as %j",
  (width, height, size) => expect(fit(width, height)).toEqual(size),
);

test("chosen photos are redrawn, shown and put into the form, in turns too", async () => {
  await photos.add([file("a.png")]);
  await photos.add([file("b.png")]);
  expect(sent()).toEqual(["a.jpg", "b.jpg"]);
  expect(document.querySelectorAll("[data-photos-list] img").length).toBe(2);
  expect(one("[data-photos-count]").textContent).toBe("2 / 3");
});

test("what is over the limit stays out and is said", async () => {
  await photos.add(["a.png", "b.png", "c.png", "d.png"].map(file));
  expect(sent()).toEqual(["a.jpg", "b.jpg", "c.jpg"]);
  expect(one("[data-photos-note]").textContent).toBe("最多 3 张");
});

test("one can be taken away", async () => {
  await photos.add(["a.png", "b.png"].map(file));
  one<HTMLButtonElement>("[data-photos-list] button").click();
  expect(sent()).toEqual(["b.jpg"]);
});

test("what the browser cannot draw goes as it is, the server looks at it", async () => {
  const strange = file("x.heic");
  expect(await redraw(strange)).toBe(strange);
});
