/** Photos: choose up to five, see them, take one away; each is drawn anew as JPEG, which drops place and device. */
import { say } from "./words.ts";

export type Redraw = (file: File) => Promise<File>;

const LONGEST = 2048;

/** Width and height that fit into the longest side, never larger than the picture is. */
export function fit(width: number, height: number, longest = LONGEST): [number, number] {
  const share = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * share)), Math.max(1, Math.round(height * share))];
}

/** A new JPEG of the same picture. What the browser cannot draw goes as it is: the server checks and redraws again. */
export async function redraw(file: File): Promise<File> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = fit(picture.width, picture.height);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return blob ? new File([blob], file.name.replace(/(\.\w+)?$/, ".jpg"), { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

export class Photos {
  files: File[] = [];
  private readonly input: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly most: number;

  constructor(
    private readonly place: HTMLElement,
    private readonly draw: Redraw = redraw,
  ) {
    const input = place.querySelector<HTMLInputElement>('input[type="file"]');
    const list = place.querySelector<HTMLElement>("[data-photos-list]");
    if (!input || !list) throw new Error("data-photos needs a file input and a list");
    this.input = input;
    this.list = list;
    this.most = Number(place.dataset["photos"] || 5);
  }

  /** Add what was chosen; what is over the limit stays out and is said. */
  async add(chosen: File[]): Promise<void> {
    const room = Math.max(0, this.most - this.files.length);
    this.files.push(...(await Promise.all(chosen.slice(0, room).map((file) => this.draw(file)))));
    this.write();
    this.tell(chosen.length > room ? say("photos_most", { n: this.most }) : "");
  }

  remove(at: number): void {
    this.files.splice(at, 1);
    this.write();
    this.tell("");
    this.input.focus();
  }

  private write(): void {
    const carrier = new DataTransfer();
    this.files.forEach((file) => carrier.items.add(file));
    this.input.files = carrier.files;
    this.list.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
    this.list.replaceChildren(...this.files.map((file, at) => this.card(file, at)));
    const count = this.place.querySelector("[data-photos-count]");
    if (count) count.textContent = `${this.files.length} / ${this.most}`;
  }

  private card(file: File, at: number): HTMLElement {
    const item = document.createElement("li");
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = say("photo_n", { n: at + 1 });
    const button = document.createElement("button");
    button.type = "button";
    button.className = "wg-btn";
    button.textContent = say("photo_remove");
    button.setAttribute("aria-label", say("photo_remove_n", { n: at + 1 }));
    button.addEventListener("click", () => this.remove(at));
    item.append(image, button);
    return item;
  }

  private tell(text: string): void {
    const place = this.place.querySelector("[data-photos-note]");
    if (place) place.textContent = text;
  }

  listen(): void {
    this.input.addEventListener("change", () => void this.add([...(this.input.files ?? [])]));
  }
}

export function start(): void {
  document.querySelectorAll<HTMLElement>("[data-photos]").forEach((place) => new Photos(place).listen());
}
