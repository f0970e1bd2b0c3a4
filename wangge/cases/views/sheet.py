"""The map as a drawing made by the server: for machines without WebGL2, without scripts, and for paper."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, log10, radians
from typing import Any

from wangge.cases.queries.map import Mark
from wangge.cases.queries.shades import Shading
from wangge.places.queries.drawing import Box, Feature

WIDE, HIGH = 1000.0, 640.0
METRES = 111_320.0  # a degree of latitude
MOST_NAMES = 25
TINTS = ("#dde8f5", "#fbe7cb", "#d9efe4", "#eae3f3", "#f6dfd9")  # those of frontend/map/style.ts
STEPS = ("#f6f1e3", "#f2dcae", "#dfa95f", "#b0602c", "#6e2f16")
NOTHING, HIDDEN, BEYOND = "#fdfcf8", "url(#map-hidden)", "url(#map-beyond)"
GROUND: dict[str, dict[str, Any]] = {
    "water": {"fill": "#cfe0ea"}, "green": {"fill": "#dcebd8"}, "place": {"fill": "#e8e3d6"},
    "road": {"fill": "none", "stroke": "#ffffff", "width": 3},
    "lane": {"fill": "none", "stroke": "#ffffff", "width": 1.5},
    "building": {"fill": "#d8d3c7", "stroke": "#a9a294", "width": 0.5},
    "micro": {"fill": "none"},
    "micro-line": {"fill": "none", "stroke": "#33415c", "width": 1, "dash": "4 3", "rank": 3.5},
}  # fmt: skip
BORDERS = {"city": 3.0, "county": 3.0, "town": 1.6, "community": 1.0}


@dataclass(frozen=True)
class Paper:
    """Degrees in, points of the drawing out, north up; the box is widened to the shape of the sheet."""

    box: Box

    @classmethod
    def round(cls, box: Box) -> "Paper":
        lon, lat = (box.west + box.east) / 2, (box.south + box.north) / 2
        narrow = cos(radians(lat))
        wide = max((box.east - box.west) * narrow, (box.north - box.south) * WIDE / HIGH, 1e-5) * 1.04
        half, tall = wide / narrow / 2, wide * HIGH / WIDE / 2
        return cls(Box(lon - half, lat - tall, lon + half, lat + tall))

    @property
    def narrow(self) -> float:
        return cos(radians((self.box.south + self.box.north) / 2))

    @property
    def scale(self) -> float:
        """Points of the drawing in a degree of latitude."""
        return WIDE / ((self.box.east - self.box.west) * self.narrow)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return round((lon - self.box.west) * self.narrow * self.scale, 1), round((self.box.north - lat) * self.scale, 1)

    def path(self, geometry: Feature) -> str:
        """The geometry as SVG path commands."""
        closes = "Z" if "Polygon" in geometry["type"] else ""
        return "".join(f"M{self._line(line)}{closes}" for line in lines_of(geometry))

    def _line(self, line: Iterable[Any]) -> str:
        return "L".join("{:g} {:g}".format(*self.at(x, y)) for x, y, *_rest in line)

    @property
    def bar(self) -> dict[str, Any]:
        """The scale bar: a round length between an eighth and a quarter of the sheet."""
        metres = WIDE / 4 / self.scale * METRES
        power = 10 ** int(log10(metres))
        length = next(step * power for step in (5, 2, 1) if step * power <= metres)
        said = f"{length // 1000} km" if length >= 1000 else f"{length} m"
        return {"wide": round(length / METRES * self.scale, 1), "said": said}


def lines_of(geometry: Feature) -> Iterator[list[Any]]:
    """The lines of a geometry, whatever its type; a point has none."""
    held, kind = geometry["coordinates"], geometry["type"]
    if kind == "LineString":
        yield held
    elif kind in ("Polygon", "MultiLineString"):
        yield from held
    elif kind == "MultiPolygon":
        for part in held:
            yield from part


def sheet(
    box: Box, texts: Iterable[str], marks: list[Mark], shading: Shading | None, chosen: int | None
) -> dict[str, Any]:
    """Everything the template of the drawing needs; `texts` are collections of features, the lowest first."""
    paper = Paper.round(box)
    shades = {shade.area.id: shade for shade in shading.shades} if shading else {}
    shapes = [
        shape
        for text in texts
        for one in json.loads(text)["features"]
        for shape in _shapes(paper, one, shades if shading else None, chosen)
    ]
    shapes.sort(key=lambda shape: shape["rank"])
    drawn: list[dict[str, Any]] = [
        {"mark": mark, "x": x + mark.offset[0], "y": y + mark.offset[1]}
        for mark in marks
        for x, y in [paper.at(mark.lon, mark.lat)]
    ]
    heaps = [one for one in drawn if one["mark"].is_heap]
    named = heaps if len(heaps) <= MOST_NAMES else []  # more of them would lie on each other
    return {"box": f"0 0 {WIDE:g} {HIGH:g}", "shapes": shapes, "marks": drawn, "names": named, "bar": paper.bar}


def _shapes(paper: Paper, one: Feature, shades: dict[int, Any] | None, chosen: int | None) -> Iterator[dict[str, Any]]:
    """A feature as one or two paths: what fills it, and above it its border."""
    said, path = one["properties"], paper.path(one["geometry"])
    kind, area = said.get("kind", "building"), one.get("id")
    if kind in GROUND:
        named = {"label": said["name"], **_middle(paper, one["geometry"])} if kind == "micro" else {}
        yield {"path": path, "rank": 2, **GROUND[kind], **named}
        return
    fill = fill_of(shades[area]) if shades and area in shades else ""
    if kind == "grid":
        is_chosen = area == chosen
        yield {
            "path": path,
            "rank": 1,
            "fill": fill or ("none" if shades else TINTS[said["tint"]]),
            "title": said["name"],
        }
        beyond = bool(shades and area in shades and shades[area].beyond)
        if beyond:
            yield {"path": path, "rank": 1.5, "fill": BEYOND}
        edge = "#b3261e" if beyond else "#1d5aa8"
        yield {"path": path, "rank": 4, "fill": "none", "stroke": edge, "width": 5 if is_chosen else 1.2}
        return
    if fill or said["level"] in ("town", "community"):
        yield {"path": path, "rank": 0, "fill": fill or "#f3f1eb", "title": said["name"]}
    yield {"path": path, "rank": 3, "fill": "none", "stroke": "#465162", "width": BORDERS[said["level"]]}


def _middle(paper: Paper, geometry: Feature) -> dict[str, float]:
    """A point amid a geometry, for its label."""
    spots = [spot for line in lines_of(geometry) for spot in line]
    lon, lat = ((min(spot[at] for spot in spots) + max(spot[at] for spot in spots)) / 2 for at in (0, 1))
    x, y = paper.at(lon, lat)
    return {"x": x, "y": y}


def fill_of(shade: Any) -> str:
    """The colour of a shade: of its class; white where it is nothing, dotted where it is too small to be shown."""
    if shade.value is None:
        return HIDDEN
    return NOTHING if shade.step is None else STEPS[shade.step]
