"""What `wangge divide` writes: the tables, the outlines, the report and its page."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import shapely
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from wangge.core.division_files.maps import Map
from wangge.core.division_files.naming import Names
from wangge.core.division_files.outlines import Outline
from wangge.core.division_files.tables import ASSIGNMENT, GRIDS, as_text, assignment, general_grids, micro_grids
from wangge.core.partition import Division, Options, Units
from wangge.core.unit_files.table import Plane
from wangge.places.queries.reasons import why_out

FILLS = ("#cfe3f5", "#f7e0b8", "#d6ecd2", "#f3d3dc", "#e2dcf0", "#eeeeee")  # told apart by number and line as well
TOO_FINE = 1e-6  # of a degree: ten centimetres


@dataclass(frozen=True)
class Made:
    """A division with what it was made of; `plane` is None where the units came in metres."""

    ids: tuple[str, ...]
    units: Units
    division: Division
    names: Names
    options: Options
    plane: Plane | None

    def community(self, code: int) -> str:
        return self.units.names["community"][code] if code >= 0 else ""


def write_tables(folder: Path, made: Made) -> None:
    """Write assignment.csv and the two lists of grids."""
    units, division, names = made.units, made.division, made.names
    _write_csv(folder / "assignment.csv", as_text(ASSIGNMENT, assignment(made.ids, units, division, names)))
    _write_csv(folder / "general_grids.csv", as_text(GRIDS, general_grids(units, division, names)))
    _write_csv(folder / "micro_grids.csv", as_text(GRIDS, micro_grids(units, division, names, made.options)))


def _write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:  # the mark lets a spreadsheet read Chinese
        csv.writer(stream).writerows(rows)


def write_outlines(path: Path, drawn: Sequence[Outline], made: Made, plane: Plane) -> None:
    """Write grids.geojson: one polygon for each general grid, in longitude and latitude (RFC 7946)."""
    sheet = made.division.general_sheet
    features = [
        {
            "type": "Feature",
            "properties": {
                "grid": made.names.general[one.grid],
                "community": made.community(one.community),
                "households": int(sheet.households[one.grid]),
                "in_band": bool(sheet.is_within[one.grid]),
            },
            "geometry": json.loads(shapely.to_geojson(_in_degrees(one, plane))),
        }
        for one in drawn
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")


def _in_degrees(one: Outline, plane: Plane) -> Any:
    turned = shapely.transform(one.shape, lambda places: _degrees(places, plane))
    return shapely.orient_polygons(shapely.set_precision(turned, TOO_FINE, mode="pointwise"))


def _degrees(places: Any, plane: Plane) -> Any:
    return shapely.get_coordinates(shapely.points(*plane.degrees(places[:, 0], places[:, 1])))


def write_report(folder: Path, report: dict[str, Any], pages: Sequence[Map], made: Made, source: str) -> None:
    """Write report.json, and the same as a page with maps and its style sheet."""
    text = json.dumps(report, ensure_ascii=False, indent=2)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    shown = report | {"impossible": [one | {"why": why_out(one["reason"])} for one in report["impossible"]]}
    context = {
        "report": shown, "figures": figures(report), "source": source,
        "maps": [_drawn(one, made.community(one.community)) for one in pages],
    }  # fmt: skip
    (folder / "report.html").write_text(render_to_string("divide/report.html", context), encoding="utf-8")
    (folder / "report.css").write_text(render_to_string("divide/report.css"), encoding="utf-8")


def figures(report: dict[str, Any]) -> list[tuple[str, str]]:
    """The score sheet in words."""
    score = report["score"]
    rows = [
        (_("Houses and stairwells"), f"{report['units']:,}"),
        (_("Households"), f"{score['households']:,}"),
        (_("General grids"), f"{score['general_grids']:,}"),
        (_("of them within the band"), f"{score['general_within']:,}"),
        (_("Households of a general grid, mean and deviation"), f"{score['mean']:.1f} ± {score['deviation']:.1f}"),
        (_("Compounds that fit into one grid"), f"{score['fitting']:,}"),
        (_("of them split"), f"{score['split']:,}"),
        (_("Mean distance of a household from the middle of its grid"), f"{score['spread_m']:.0f} m"),
        (_("Weighted cut"), f"{score['weighted_cut']:,.1f}"),
    ]
    if score["micro_grids"]:
        rows += [
            (_("Micro-grids"), f"{score['micro_grids']:,}"),
            (_("of them within their limits"), f"{score['micro_within']:,}"),
            (_("Micro-grids needed at least"), f"{score['micro_least']:,}"),
        ]
    if report["options"]["repair"]:
        rows.append((_("Households moved"), f"{score['moved']:,} ({score['moved_share']:.2%})"))
    return rows


def _drawn(page: Map, name: str) -> dict[str, Any]:
    patches = [asdict(one) | {"fill": FILLS[one.shade % len(FILLS)]} for one in page.patches]
    places = {"bar_y": page.height - 12, "north_x": page.width - 20}
    return asdict(page) | {"patches": patches, "name": name} | places
