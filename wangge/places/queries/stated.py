"""What a department states of its grids, before anything is written."""

import hashlib
import json
from dataclasses import astuple, dataclass, field
from datetime import date
from typing import Any


@dataclass
class StatedGrid:
    """One grid as its department writes it, with the buildings it was found to hold."""

    code: str
    name: str = ""
    post: str = ""
    phone: str = ""
    outline: dict[str, Any] | None = None
    buildings: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Stated:
    """A department's division: whose, what it is called, as of which day, where that was written, its grids."""

    organisation: str
    name: str
    as_of: date
    source: str
    grids: tuple[StatedGrid, ...]

    def digest(self, area: int) -> str:
        """By which the same list laid twice is known; where it was written plays no part."""
        grids = [(*astuple(one)[:5], sorted(one.buildings)) for one in sorted(self.grids, key=lambda one: one.code)]
        held = [area, self.organisation, self.name, self.as_of.isoformat(), grids]
        return hashlib.sha256(json.dumps(held, ensure_ascii=False).encode()).hexdigest()
