"""A preview as the templates take it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wangge.cases.queries.faces import said
from wangge.cases.queries.handover import open_work
from wangge.catalogue import queries as catalogue
from wangge.places.queries.extent import Preview
from wangge.places.words import DEEDS, GRID_DEEDS, ChangeKind, Level


def deeds_of(kind: str) -> Mapping[str, Any]:
    """What the deeds of a plan are called."""
    return GRID_DEEDS if kind == ChangeKind.DIVIDE else DEEDS


def shown(preview: Preview, now: datetime, kind: str = "") -> dict[str, Any]:
    """Lines, numbers, open work by clock, posts by role, problems."""
    roles, extent, deeds = catalogue.roles(), preview.extent, deeds_of(kind)
    return {
        "preview": preview, "extent": extent, "work": open_work(extent.areas, now),
        "fates": [
            (fate, deeds[fate.line.part.deed], Level(fate.level).label if fate.level else "") for fate in extent.fates
        ],
        "posts": [(said(roles[code].entry.label) if code in roles else code, n) for code, n in extent.posts],
    }  # fmt: skip
