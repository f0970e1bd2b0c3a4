"""Outlines joined and cut when areas change: surfaces only, no lines or points that rounding leaves behind."""

from typing import Any

from shapely import MultiPolygon, Polygon, make_valid
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

Outline = dict[str, Any]
SLIVER = 1e-10  # square degrees, about a square metre


def joined(held: Outline | None, piece: Outline) -> Outline:
    """The outline with the piece added."""
    return piece if held is None else drawn_as(_shape(held).union(_shape(piece))) or held


def cut(held: Outline, piece: Outline) -> Outline:
    """The outline without the piece; as it was where nothing would be left."""
    return drawn_as(_shape(held).difference(_shape(piece))) or held


def _shape(outline: Outline) -> BaseGeometry:
    return make_valid(shape(outline))


def drawn_as(found: BaseGeometry) -> Outline | None:
    """A shape in degrees as the register keeps it; None where nothing of it is a surface."""
    parts = getattr(found, "geoms", [found])
    surfaces = [each for each in parts if isinstance(each, Polygon) and each.area > SLIVER]
    if not surfaces:
        return None
    drawn: dict[str, Any] = mapping(surfaces[0] if len(surfaces) == 1 else MultiPolygon(surfaces))
    return {"type": drawn["type"], "coordinates": _listed(drawn["coordinates"])}


def _listed(part: Any) -> Any:
    """Tuples of any depth as lists, as JSON has them."""
    return [_listed(one) for one in part] if isinstance(part, list | tuple) else round(part, 6)
