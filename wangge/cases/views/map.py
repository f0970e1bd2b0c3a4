"""The map: areas, grids, buildings and the open cases, drawn by the server for machines that cannot."""

from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.access.pages import Request, needs
from wangge.cases.queries.map import Spots, open_spots
from wangge.cases.rules import may_see_desk
from wangge.places.queries import drawing
from wangge.places.queries.drawing import Box, Feature

TINTS = ("#dde8f5", "#fbe7cb", "#d9efe4", "#eae3f3", "#f6dfd9")  # those of frontend/map/style.ts
WIDE = 1000.0
EMPTY = Box(121.0, 31.4, 121.2, 31.6)


@dataclass(frozen=True)
class Paper:
    """The sheet the server draws on: degrees in, points of a drawing 1,000 wide out, north up."""

    box: Box

    @property
    def narrow(self) -> float:
        return cos(radians((self.box.south + self.box.north) / 2))

    @property
    def scale(self) -> float:
        return WIDE / ((self.box.east - self.box.west) * self.narrow)

    @property
    def high(self) -> float:
        return (self.box.north - self.box.south) * self.scale

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return round((lon - self.box.west) * self.narrow * self.scale, 1), round((self.box.north - lat) * self.scale, 1)

    def path(self, geometry: Feature) -> str:
        """The outline as SVG path commands."""
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings = [[self.at(x, y) for x, y in ring] for part in parts for ring in part]
        return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in rings)


@needs(may_see_desk)
def page(request: Request) -> HttpResponse:
    """The map with its list; both from the same rows."""
    found = open_spots(request.now)
    box = drawing.extent(drawing.grids() or drawing.areas()) or EMPTY
    urls = {name: reverse(f"map-{name}") for name in ("areas", "grids", "buildings", "cases")}
    context = {"found": found, "urls": urls, "bounds": str(box), "sheet": _sheet(Paper(box), found)}
    return render(request, "cases/map.html", context)


def _sheet(paper: Paper, found: Spots) -> dict[str, Any]:
    grids = [
        {
            "path": paper.path(one["geometry"]),
            "tint": TINTS[one["properties"]["tint"]],
            "name": one["properties"]["name"],
        }
        for one in drawing.grids()
    ]
    lines = [{"path": paper.path(one["geometry"])} for one in drawing.areas()]
    marks = [
        {"x": x, "y": y, "kind": spot.kind, "n": spot.n, "number": spot.case.number}
        for spot in found.spots
        if spot.case.lon is not None and spot.case.lat is not None
        for x, y in [paper.at(spot.case.lon, spot.case.lat)]
    ]
    return {"box": f"0 0 {WIDE:g} {paper.high:.0f}", "grids": grids, "lines": lines, "marks": marks[::-1]}


@needs(may_see_desk)
def areas(_request: Request) -> HttpResponse:
    return _geojson(drawing.areas())


@needs(may_see_desk)
def grids(_request: Request) -> HttpResponse:
    return _geojson(drawing.grids())


@needs(may_see_desk)
def buildings(request: Request) -> HttpResponse:
    """The buildings in a piece of the map, which has to be small."""
    try:
        text = drawing.buildings(drawing.box_of(request.GET.get("bbox", "")))
    except drawing.TooMuch:
        return _problem(413, _("This piece of the map holds too many buildings: look closer."))
    except ValueError:
        return _problem(400, _("bbox is west,south,east,north in degrees."))
    return HttpResponse(text, content_type="application/geo+json")


@needs(may_see_desk)
def cases(request: Request) -> HttpResponse:
    """The open cases, all or those in a piece of the map; numbered as in the list."""
    box = None
    if asked := request.GET.get("bbox"):
        try:
            box = drawing.box_of(asked)
        except ValueError:
            return _problem(400, _("bbox is west,south,east,north in degrees."))
    spots = open_spots(request.now, box).spots[::-1]  # the most pressing are drawn last, above the others
    return _geojson([spot.feature() for spot in spots if spot.case.lon is not None and spot.case.lat is not None])


def _geojson(features: list[Feature]) -> HttpResponse:
    return JsonResponse(
        drawing.collection(features), json_dumps_params={"ensure_ascii": False}, content_type="application/geo+json"
    )


def _problem(status: int, detail: str) -> HttpResponse:
    body = {"error": _("This could not be read"), "detail": detail}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
