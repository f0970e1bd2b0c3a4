"""A draft of grids as `wangge.core.drafting` works on it, and each step by hand as what it changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wangge.access.action import Refused
from wangge.core import drafting
from wangge.core.drafting import Drawn, Refusal
from wangge.core.partition import Band, Limits, Mode, Options, Units
from wangge.core.rounds.pace import Pace
from wangge.places.models import GridDraft
from wangge.places.queries.counted_rows import Rows, packed, unpacked
from wangge.places.queries.layers import columns
from wangge.places.queries.steps import Edit
from wangge.places.queries.units import Stairs
from wangge.places.words import Wish


@dataclass(frozen=True)
class Under:
    """A draft with what it was made from: the stairwells, the limits, the grids in force and those of the draft."""

    stairs: Stairs
    options: Options
    present: Drawn
    drawn: Drawn
    names: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Name and number, by key, of the grids that were named or numbered by hand; an empty text where one was not."""
    counted: Mapping[str, Rows] = field(default_factory=dict)
    """The figures of both sides, where they were kept."""

    def rows(self, *, present: bool = False) -> Rows:
        """The figures of the grids of a side, counted again only where nobody kept them."""
        known = self.counted.get("present" if present else "drawn")
        return drafting.rows(self.present if present else self.drawn, self.options) if known is None else known

    def sheet(self, *, present: bool = False) -> drafting.Sheet:
        """The score sheet of a side."""
        return drafting.sheet(self.present if present else self.drawn, self.options, self.rows(present=present))


def options_of(limits: Mapping[str, Any]) -> Options:
    """The limits of a draft as the engine takes them."""
    pace = replace(Pace(), service_minutes=float(limits["service_minutes"]), crew=int(limits["crew"]))
    return Options(
        band=Band(int(limits["low"]), int(limits["high"])),
        limits=Limits(int(limits["micro_max"]), float(limits["minutes"]), pace),
        mode=Mode(limits["mode"]), seed=int(limits["seed"]),
    )  # fmt: skip


def units_of(stairs: Stairs) -> Units:
    """The stairwells as the engine takes them; labels are ids, so that grids can be told by their names."""
    return Units.of(
        x_m=stairs.x_m, y_m=stairs.y_m, households=stairs.households, floors=stairs.floors, lift=stairs.lift,
        compound=stairs.compound, community=[0] * len(stairs), barrier_cell=stairs.cell, way=stairs.way or None,
        general_grid=stairs.grid, micro_grid=stairs.micro,
    )  # fmt: skip


def in_force(stairs: Stairs, options: Options) -> Drawn:
    """The grids in force, floor by floor where a stairwell is shared."""
    drawn = drafting.in_force(units_of(stairs), options)
    names = drawn.units.names
    micro_keys, keys = ({int(name): key for key, name in enumerate(names[at])} for at in ("micro_grid", "general_grid"))
    general, micro = drawn.general.copy(), drawn.micro.copy()
    for row, bands in stairs.bands.items():
        pieces = np.flatnonzero(drawn.pieces.unit == int(row))
        if len(pieces) == len(bands) and all(grid in keys for _micro, grid in bands):
            micro[pieces] = [micro_keys.setdefault(one, len(micro_keys)) for one, _grid in bands]
            general[pieces] = [keys[grid] for _one, grid in bands]
    return replace(drawn, general=general, micro=micro)


def under(draft: GridDraft) -> Under:
    """The draft as it stands."""
    stairs, options = Stairs(**draft.units), options_of(draft.limits)
    present = in_force(stairs, options)
    if not draft.general:
        return Under(stairs, options, present, present)
    drawn = replace(
        present, general=np.array(draft.general, np.int64), micro=np.array(draft.micro, np.int64),
        locked=frozenset(draft.locked),
    )  # fmt: skip
    names = {int(key): (own[0], own[1]) for key, own in draft.names.items()}
    return Under(stairs, options, present, drawn, names, {side: unpacked(held) for side, held in draft.rows.items()})


def counted_anew(draft: GridDraft) -> dict[str, Any]:
    """The figures to keep with a draft after a step; what is in force stays as it was counted."""
    found = under(draft)
    present = draft.rows.get("present") or packed(drafting.rows(found.present, found.options))
    return {"present": present, "drawn": packed(drafting.rows(found.drawn, found.options))}


def first(draft: GridDraft) -> Drawn:
    """What a draft begins with, as it was wished for."""
    stairs, options = Stairs(**draft.units), options_of(draft.limits)
    present = in_force(stairs, options)
    if draft.wish == Wish.ANEW and draft.along:
        return drafting.drawn_along(present.units, options, [*columns(draft.along, stairs.building).values()])
    if draft.wish == Wish.ANEW or not (present.general >= 0).any():
        return drafting.named_after(drafting.drawn_anew(present.units, options), present)
    return mended(present, options, draft, stairs) if draft.wish == Wish.REPAIR else present


def mended(drawn: Drawn, options: Options, draft: GridDraft, stairs: Stairs) -> Drawn:
    """A side mended where it is out of its limits, along the layers of the draft where it has some."""
    along = [*columns(draft.along, stairs.building).values()]
    return drafting.solved_along(drawn, options, along) if along else drafting.solve_again(drawn, options)


VERBS: dict[str, Callable[[Drawn, Edit, Options], Drawn]] = {
    "move": lambda d, e, o: drafting.move(d, e.pieces, e.to, o),
    "move_micro": lambda d, e, o: drafting.move_micro(d, e.pieces, e.to, o),
    "cut": lambda d, e, o: drafting.cut(d, e.grids[0] if e.grids else grid_under(d, e.line), e.line, o),
    "merge": lambda d, e, o: drafting.merge(d, e.grids, o),
    "split": lambda d, e, o: drafting.split(d, e.grids[0], o),
    "lock": lambda d, e, _o: drafting.lock(d, e.grids[0], is_locked=True),
    "unlock": lambda d, e, _o: drafting.lock(d, e.grids[0], is_locked=False),
}
NEEDS = {"merge": 2, "split": 1, "lock": 1, "unlock": 1}  # how many grids a verb is about at least


def grid_under(drawn: Drawn, line: Sequence[tuple[float, float]]) -> int:
    """The grid through which a line runs: that of the house nearest to its middle."""
    if not line:
        return -1
    (west, south), (east, north) = line[0], line[-1]
    unit = drawn.pieces.unit
    x, y = drawn.units.x_m[unit] - (west + east) / 2, drawn.units.y_m[unit] - (south + north) / 2
    return int(drawn.general[np.argmin(np.hypot(x, y))])


def through(held: Under, pieces: Sequence[int]) -> tuple[tuple[float, float], ...]:
    """The line through two houses, for who cannot draw one. Raises Refused unless two were chosen."""
    unit = [int(held.drawn.pieces.unit[piece]) for piece in pieces if piece < len(held.drawn.pieces)]
    houses: dict[int, set[int]] = {}
    for each in unit:
        houses.setdefault(held.stairs.building[each], set()).add(each)
    if len(houses) != 2:
        raise Refused(_("Choose two houses: the line runs through them."))
    x, y = held.stairs.x_m, held.stairs.y_m
    return tuple((sum(x[at] for at in own) / len(own), sum(y[at] for at in own) / len(own)) for own in houses.values())


def step(draft: GridDraft, given: Edit) -> dict[str, Any]:
    """What one step by hand changes, row by row: before, after, what it was called. Raises Refused."""
    held = under(draft)
    if given.verb not in (*VERBS, "solve") or len(given.grids) < NEEDS.get(given.verb, 0):
        raise Refused(_("Choose what this step is about, then repeat it."))
    if given.verb == "cut" and not given.line:
        given = replace(given, line=through(held, given.pieces))
    try:
        if given.verb == "solve":
            after = mended(held.drawn, held.options, draft, held.stairs)
        else:
            after = VERBS[given.verb](held.drawn, given, held.options)
    except drafting.Refused as refused:
        raise Refused(said(refused.reason)) from None
    differs = (after.general != held.drawn.general) | (after.micro != held.drawn.micro)
    rows = np.flatnonzero(differs).tolist()
    return {
        "verb": given.verb, "homes": int(held.drawn.pieces.households[rows].sum()),
        "was": _cells(held.drawn, rows), "is": _cells(after, rows),
        "locked_was": sorted(held.drawn.locked), "locked": sorted(after.locked),
        "names_was": draft.names, "names": kept_names(draft.names, after),
    }  # fmt: skip


def kept_names(names: Mapping[str, list[str]], drawn: Drawn) -> dict[str, list[str]]:
    """The names given by hand without those of grids that are gone: their keys may come back for other grids."""
    used = {str(key) for key in drawn.general.tolist()}
    return {key: own for key, own in names.items() if key in used}


def _cells(drawn: Drawn, rows: list[int]) -> list[list[int]]:
    return [[row, int(drawn.general[row]), int(drawn.micro[row])] for row in rows]


def said(reason: Refusal) -> str:
    """Why a step was refused, and what to do."""
    return {
        Refusal.LOCKED: _("This grid is locked. Unlock it first, or choose another."),
        Refusal.UNKNOWN_GRID: _("This grid is not part of the draft any more. Load the page again."),
        Refusal.UNKNOWN_PIECE: _("This house is not part of the draft. Load the page again."),
        Refusal.NOTHING: _("This would change nothing: choose other houses or another grid."),
        Refusal.ONE_GRID: _("Choose at least two grids to merge."),
        Refusal.EMPTY: _("Nothing would be left on one side: choose other houses, or draw the line through the grid."),
    }[reason]


def told(taken: Mapping[str, Any]) -> str:
    """A step in a few words, for undoing it and for the list of changes."""
    if taken["verb"] in ("move", "move_micro"):
        return ngettext("%(n)s home moved", "%(n)s homes moved", taken["homes"]) % {"n": taken["homes"]}
    return {
        "cut": _("a grid cut by a line"), "merge": _("grids merged"), "split": _("a grid split in two"),
        "name": _("a grid named"), "number": _("all grids numbered anew"),
        "lock": _("a grid locked"), "unlock": _("a grid unlocked"), "solve": _("solved again"),
    }[taken["verb"]]  # fmt: skip
