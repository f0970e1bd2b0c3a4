"""The map with its list and legend; the pieces of ground it draws; the same on paper."""

from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.access.pages import Request, needs
from wangge.cases.forms.map import LAYERS, THEMES, USUAL_DAYS, Asked, address, choices, read
from wangge.cases.queries import map as cases
from wangge.cases.queries import shades
from wangge.cases.queries.map_card import building_card, grid_card, grids_in
from wangge.cases.rules import may_see_desk
from wangge.cases.views.sheet import sheet
from wangge.places.queries import drawing
from wangge.places.queries.drawing import Box
from wangge.places.queries.micro import FROM as MICRO_FROM
from wangge.places.queries.tree import RANKS, Tree, tree

NOWHERE = Box(73.0, 18.0, 135.0, 54.0)  # where nothing is drawn yet: the whole country
SHADED_GRIDS_FROM = 11.8  # zoom; from farther off communities are shaded
REGISTER_KEPT = "private, max-age=300"
MOST_NAMED = 60


@dataclass(frozen=True)
class Sight:
    """What of the map is looked at: the box, its scale, and by which areas cases and figures are counted."""

    asked: Asked
    tree: Tree
    box: Box
    zoom: float

    @property
    def level(self) -> str | None:
        """None: one by one."""
        inside = self.asked.inside
        if self.zoom >= cases.SPOTS or (inside in self.tree.nodes and self.tree.nodes[inside].level == "grid"):
            return None
        found = cases.level_at(self.zoom)
        below = self.tree.below(inside) if inside is not None else found
        return max(found, below, key=RANKS.__getitem__)

    @property
    def shaded(self) -> str:
        return "grid" if self.zoom >= SHADED_GRIDS_FROM else "community"

    @property
    def shows_micro(self) -> bool:
        """Whether micro-grids are drawn: switched on, and looked at from close by."""
        return self.zoom >= MICRO_FROM and "micro" not in self.asked.off

    @property
    def limit(self) -> Box | None:
        """The box, where somebody has moved the map; an area that was asked for is shown whole."""
        return self.box if self.asked.at or self.asked.box else None


def _sight(request: Request) -> Sight:
    asked, known = read(request.GET), tree()
    if asked.inside not in known.nodes:  # an old address
        asked = replace(asked, inside=None)
    chosen = asked.inside or asked.grid
    roots = [chosen] if chosen in known.nodes else [h.area_id for h in request.actor.roles if h.area_id is not None]
    box = asked.box or (asked.at.box if asked.at else None) or drawing.extent(roots) or NOWHERE
    return Sight(asked, known, box, asked.at.zoom if asked.at else box.zoom)


@needs(may_see_desk)
@require_safe
def page(request: Request) -> HttpResponse:
    """The map with its list, or only what changes when it moves; both from the same reads."""
    sight = _sight(request)
    context = _parts(request, sight)
    if "HX-Request" in request.headers:
        return render(request, "cases/_map_parts.html", context)
    urls = {name: reverse(f"map-{name}") for name in ("ground", "buildings")}
    context["urls"] = {**urls, "drawing": reverse("map-drawing") + context["here_query"]}
    return render(request, "cases/map.html", context)


def _parts(request: Request, sight: Sight) -> dict[str, Any]:
    asked = sight.asked
    found = cases.find(
        cases.open_cases(request.actor, asked.wanted(request.now), request.now), sight.tree, sight.level, sight.limit,
        request.now,
    )  # fmt: skip
    marks = [] if "cases" in asked.off else cases.marks_of(found)
    shading = _shading(request, sight)
    return {
        "asked": asked, "sight": sight, "found": found, "marks": marks, "shading": shading,
        "drawn": _drawn(sight, marks, shading), "path": sight.tree.path(asked.inside) if asked.inside else [],
        "themes": _themes(request, asked), "layers": _layers(request, asked), "choices": choices(asked),
        "days": asked.days or USUAL_DAYS, "here_query": address(request.GET), "here": request.GET,
        **_card(request, sight),
    }  # fmt: skip


def _shading(request: Request, sight: Sight) -> shades.Shading | None:
    theme = sight.asked.theme
    if not theme:
        return None
    inside = sight.asked.inside
    only = [node.id for node in sight.tree.inside(inside)] if inside is not None else None
    held = shades.facts(request.actor, sight.tree, only=only)
    if theme == "reports":
        wanted = sight.asked.wanted(request.now, reports=True)
        found = cases.every_case(request.actor, wanted, request.now)
        return shades.by_reports(found, sight.tree, sight.shaded, held)
    if theme == "households":
        return shades.by_households(sight.tree, sight.shaded, held)
    return shades.by_worker(sight.tree, sight.shaded, held, request.now)


def _drawn(sight: Sight, marks: list[cases.Mark], shading: shades.Shading | None) -> dict[str, Any]:
    """What the script paints above the ground: the same marks and classes as list, legend and drawing."""
    asked = sight.asked
    shaded = shading.shades if shading else []
    return {
        "box": sight.box.corners, "marks": [vars(mark) for mark in marks], "off": sorted(asked.off),
        "theme": asked.theme, "level": sight.shaded, "grid": asked.grid, "building": asked.building, "case": asked.case,
        "steps": {shade.area.id: shade.step for shade in shaded if shade.step is not None},
        "hidden": [shade.area.id for shade in shaded if shade.value is None],
        "beyond": [shade.area.id for shade in shaded if shade.beyond],
    }  # fmt: skip


def _card(request: Request, sight: Sight) -> dict[str, Any]:
    """The chosen grid or building, and what could be chosen without pointing at the map."""
    asked, near = sight.asked, sight.zoom >= drawing.NAMES_FROM
    found: dict[str, Any] = {
        "close_url": address(request.GET, without=("grid", "building")),
        "grids": [
            {"name": name, "url": address(request.GET, without=("building",), grid=str(pk))}
            for pk, name in (grids_in(sight.box, sight.tree) if sight.zoom >= cases.GRIDS else [])
        ],
        "buildings": [
            {"name": f"{compound} {name}".strip(), "url": address(request.GET, without=("grid",), building=str(pk))}
            for pk, name, compound in (drawing.named(sight.box, most=MOST_NAMED) if near else [])
        ],
    }
    if asked.building is not None:
        found["building_card"] = building_card(asked.building, request.actor, sight.tree, request.now)
    elif asked.grid is not None:
        found["grid_card"] = grid_card(asked.grid, request.actor, sight.tree, request.now)
    return found


def _themes(request: Request, asked: Asked) -> list[dict[str, Any]]:
    return [
        {"label": label, "icon": icon, "url": address(request.GET, tint=theme), "is_active": theme == asked.theme}
        for theme, (label, icon) in THEMES.items()
    ]


def _layers(request: Request, asked: Asked) -> list[dict[str, Any]]:
    return [
        {"label": label, "key": str(key), "is_on": layer not in asked.off,
         "url": address(request.GET, off=",".join(sorted(asked.off ^ {layer})))}
        for key, (layer, label) in enumerate(LAYERS.items(), 1)
    ]  # fmt: skip


def _sheet(sight: Sight, context: dict[str, Any]) -> dict[str, Any]:
    """The drawing; with the buildings where they are few enough for paper."""
    texts = [drawing.ground(sight.box, sight.zoom, with_micro="micro" not in sight.asked.off)]
    if "buildings" not in sight.asked.off:
        with suppress(drawing.TooMuch):
            texts.append(drawing.buildings(sight.box, sight.zoom))
    return sheet(sight.box, texts, context["marks"], context["shading"], sight.asked.grid)


@needs(may_see_desk)
@require_safe
def on_paper(request: Request) -> HttpResponse:
    """The same view as a sheet of A4."""
    sight = _sight(request)
    context = _parts(request, sight)
    context |= {"sheet": _sheet(sight, context), "back_url": reverse("map") + address(request.GET)}
    return render(request, "cases/map_print.html", context)


@needs(may_see_desk)
@require_safe
def as_drawing(request: Request) -> HttpResponse:
    """The same view as a picture, for a page that cannot draw it itself."""
    sight = _sight(request)
    context = {"sheet": _sheet(sight, _parts(request, sight))}
    return render(request, "cases/_map_drawing.html", context, content_type="image/svg+xml")


@needs(may_see_desk)
@require_safe
def ground(request: Request) -> HttpResponse:
    """Areas, grids, roads and water in a piece of the map."""
    try:
        box, zoom = _piece(request)
    except ValueError:
        return _problem(400, _("bbox is west,south,east,north in degrees, z the scale of the map."))
    return _register(request, drawing.ground(box, zoom))


@needs(may_see_desk)
@require_safe
def buildings(request: Request) -> HttpResponse:
    """The buildings in a piece of the map, which has to be small."""
    try:
        text = drawing.buildings(*_piece(request))
    except drawing.TooMuch:
        return _problem(413, _("This piece of the map holds too many buildings: look closer."))
    except ValueError:
        return _problem(400, _("bbox is west,south,east,north in degrees, z the scale of the map."))
    return _register(request, text)


def _piece(request: Request) -> tuple[Box, float]:
    """The piece that is asked for. Raises ValueError."""
    box, zoom = drawing.box_of(request.GET.get("bbox", "")), float(request.GET.get("z", "")[:20])
    if not 0 <= zoom <= 24:
        raise ValueError("no scale of a map")
    return box, zoom


def _register(request: Request, text: str) -> HttpResponse:
    """The public register changes seldom: the browser of this person keeps it, nobody on the way does."""
    tag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    same = request.headers.get("If-None-Match") == tag
    answer = HttpResponse(status=304) if same else HttpResponse(text, content_type="application/geo+json")
    for name, value in (("ETag", tag), ("Cache-Control", REGISTER_KEPT), ("Vary", "Cookie")):
        answer.headers[name] = value
    return answer


def _problem(status: int, detail: str) -> HttpResponse:
    body = {"error": _("This could not be read"), "detail": detail}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
