import { expect, test } from "vitest";
import { atOf, chosen, filtered, followed, moved } from "./address.ts";

test("the middle and the scale are read from the address, and nothing is made of half of it", () => {
  expect(atOf("?at=121.1,31.45,14.5&tint=reports")).toEqual({ lon: 121.1, lat: 31.45, zoom: 14.5 });
  expect(["", "?at=", "?at=1,2", "?at=x,2,3", "?at=1,2,3,4"].map(atOf)).toEqual(Array(5).fill(undefined));
});

test("a moved map keeps layers and filters and leaves the area that was asked for", () => {
  expect(moved("?in=7&tint=reports&off=names", { lon: 121.123456, lat: 31.4, zoom: 13.456 })).toBe("?tint=reports&off=names&at=121.12346,31.40000,13.46");
});

test("a link to another layer keeps the view", () => {
  expect(followed("?tint=worker", "?at=1,2,3&off=names")).toBe("?tint=worker&at=1,2,3");
  expect(followed("?tint=worker&in=7", "?in=7&tint=reports")).toBe("?tint=worker&in=7");
});

test("a link into another area leaves the view and keeps what is looked at", () => {
  expect(followed("?in=9", "?at=1,2,3&tint=reports&group=water&grid=4")).toBe("?in=9&tint=reports&group=water");
});

test("one place is chosen at a time, a case beside it", () => {
  expect(chosen("?grid=4&at=1,2,3", "building", "8")).toBe("?at=1,2,3&building=8");
  expect(chosen("?grid=4", "case", "261122-000001")).toBe("?grid=4&case=261122-000001");
});

test("a filter form is laid over the address; an empty field takes its filter away", () => {
  const form = new FormData();
  form.set("group", "");
  form.set("days", "30");
  form.set("at", "9,9,9");
  expect(filtered("?at=1,2,3&group=water", form)).toBe("?at=1,2,3&days=30");
});
