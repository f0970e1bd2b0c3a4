"""Layers of departments in the words of the tests: lists of houses, maps, and how they are laid."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from tests.cast import Cast
from tests.places.changing import midnight
from tests.places.drafting import community_of
from wangge.jobs.system import as_system
from wangge.places.actions.layers import lay_layer
from wangge.places.imports.layers import read_layer
from wangge.places.models import Area, Building, Layer
from wangge.places.queries.stated import Stated, StatedGrid

HEAD = "网格编号,网格名称,联系岗位,办公电话,小区,楼栋"
AS_OF = date(2026, 8, 1)
NOW = midnight(date(2026, 9, 1))
WGS = {"kind": "wgs84"}


def houses(community: Area) -> list[Building]:
    """The buildings of a community from west to east."""
    with as_system("test"):
        return list(Building.objects.filter(grid__parent=community).select_related("compound").order_by("lon", "pk"))


def sheet(rows: Iterable[Sequence[object]], head: str = HEAD) -> bytes:
    return ("\n".join([head, *(",".join(map(str, row)) for row in rows)])).encode()


def row_of(code: str, building: Building, post: str = "社区民警岗", phone: str = "0512-53000110") -> list[str]:
    compound = building.compound
    assert compound is not None
    return [code, f"第{code}警务区", post, phone, compound.name, building.name]


def police(cast: Cast, share: float = 0.4) -> bytes:
    """A list that cuts the near community in two from north to south, somewhere in the west."""
    held = houses(community_of(cast))
    return sheet(row_of("1" if at < len(held) * share else "2", one) for at, one in enumerate(held))


def drawn_map(parts: Iterable[tuple[str, tuple[float, float, float, float]]]) -> bytes:
    """A GeoJSON of boxes with the codes of their grids."""
    features = [
        {"type": "Feature", "properties": {"网格编号": code, "网格名称": f"消防{code}"},
         "geometry": {"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]}}
        for code, (w, s, e, n) in parts
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def read(area: Area, raw: bytes) -> tuple[StatedGrid, ...]:
    with as_system("test"):
        return read_layer([raw], area, system=WGS)


def stated(grids: tuple[StatedGrid, ...], **more: Any) -> Stated:
    given = {"organisation": "钟楼派出所", "name": "警务区", "as_of": AS_OF, "source": "派出所文件 3 号", **more}
    return Stated(grids=grids, **given)


def laid(cast: Cast, raw: bytes | None = None, **more: Any) -> Layer:
    """A layer over the near community."""
    area = community_of(cast)
    grids = read(area, raw or police(cast))
    with cast.town.acting() as by:
        return lay_layer(area, stated(grids, **more), by=by, now=NOW)
