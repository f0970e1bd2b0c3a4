"""Lines on a map in a file: barriers, ways."""

import json
from typing import Any

import numpy as np
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape

from wangge.core.unit_files.faults import BadFile, Fault
from wangge.core.unit_files.table import Plane, Reals

LINES, SURFACES = ("LineString", "MultiLineString"), ("Polygon", "MultiPolygon")


def read_lines(raw: bytes, plane: Plane | None) -> list[Any]:
    """Return the lines of a GeoJSON in metres of the plane; None where the file is in metres.

    Of a surface its edge. Raises BadFile, which names every row that is none of these.
    """
    try:
        found = json.loads(raw.decode("utf-8-sig"))
        features = found["features"] if found.get("type") == "FeatureCollection" else [found]
    except (UnicodeDecodeError, ValueError, AttributeError, KeyError, TypeError):
        raise BadFile([Fault("geojson")]) from None
    lines, faults = [], []
    for row, feature in enumerate(features, 1):
        try:
            line = shape(feature.get("geometry", feature))
        except (AttributeError, KeyError, TypeError, ValueError, IndexError, ShapelyError):
            line = None
        if line is None or line.geom_type not in {*LINES, *SURFACES}:
            faults.append(Fault("no_line", row, "geometry"))
            continue
        lines.append(shapely.transform(edge_of(line), lambda places: _in_metres(places, plane)))
    if faults:
        raise BadFile(faults)
    return lines


def edge_of(line: Any) -> Any:
    """Return the edge of a surface, a line as it is: a lake's shore is a barrier like a river."""
    return line.boundary if line.geom_type in SURFACES else line


def _in_metres(places: Reals, plane: Plane | None) -> Reals:
    return places if plane is None else np.column_stack(plane.metres(places[:, 0], places[:, 1]))
