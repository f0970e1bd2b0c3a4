"""Layers of departments over the grids of one community: how each lies in ours, and the drawing of all of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from wangge.core import overlay
from wangge.core.overlay import Agreement, Cross, Placed
from wangge.core.overlay.crossing import NONE, Whole
from wangge.places.models import Area, GridDraft, Layer, LayerGrid
from wangge.places.queries import bench, drafted, grid_names
from wangge.places.queries.divisions import limits_of
from wangge.places.queries.drafted import Under
from wangge.places.queries.grid_names import Called
from wangge.places.queries.grounds import cells
from wangge.places.queries.layers import column, columns, grids_of, homes_of, over, over_each
from wangge.places.queries.units import stairs_of

LOOKS = 4
"""In how many ways the borders of layers are drawn; further ones begin again."""
LETTERS, OWN_LABEL = 52, (10.2, 3.2)
"""Letters across a drawing, and those our own labels take."""
STEPS = (0.0, 1.5, -1.5, 3.0, -3.0, 4.5, -4.5)
"""How far, in letters, the name of a layer's grid goes down or up until it stands free."""


@dataclass(frozen=True)
class Side:
    """One layer over the community: its grids by id, where each stairwell lies in it, how it agrees with ours."""

    layer: Layer
    grids: dict[int, LayerGrid]
    units: Whole
    cross: Cross
    agreement: Agreement
    placed: tuple[Placed, ...]
    outside: dict[int, int]
    """How many buildings of each grid lie in other communities."""
    look: int


@dataclass(frozen=True)
class Overlaid:
    """The stairwells of a community with our grids and those of the layers chosen."""

    community: Area
    held: Under
    names: dict[int, Called]
    sides: tuple[Side, ...]

    @property
    def own(self) -> Whole:
        """The key of our grid of each piece."""
        return self.held.present.general

    @property
    def homes(self) -> Whole:
        """The households of each piece."""
        return self.held.present.pieces.households

    @property
    def unit(self) -> Whole:
        """The stairwell of each piece."""
        return self.held.present.pieces.unit

    def pieces(self) -> tuple[int, int, int]:
        """Into how many pieces all of them together cut the community; in how many a border is in the way; homes."""
        divisions = [self.own, *(side.units[self.unit] for side in self.sides)]
        number, apart = overlay.refined(divisions), self.apart()
        return int(number.max()) + 1, len(set(number[apart].tolist())), int(self.homes[apart].sum())

    def apart(self) -> Any:
        """Which pieces disagree with one of the layers at least."""
        found = [overlay.disagreeing(self.own, side.units[self.unit], self.homes) for side in self.sides]
        return np.any(found, axis=0) if found else np.zeros(len(self.own), np.bool_)


def overlaid(community: Area, chosen: Collection[int] | None = None) -> Overlaid | None:
    """The layers over a community, all that are in use or those chosen; None where no home is registered."""
    stairs = stairs_of(community.pk)
    if not len(stairs):
        return None
    options = drafted.options_of(vars(limits_of([community.pk])[community.pk]))
    present = drafted.in_force(stairs, options)
    held = Under(stairs, options, present, present)
    layers = [one for one in over(community.pk) if (one.pk in chosen if chosen else one.state == "laid")]
    return Overlaid(community, held, grid_names.called(held, community.pk), tuple(_sides(held, layers)))


def _sides(held: Under, layers: Sequence[Layer]) -> list[Side]:
    grids, own = grids_of([one.pk for one in layers]), set(held.stairs.building)
    present, found = held.present, []
    for look, layer in enumerate(layers):
        units = column(grids[layer.pk], held.stairs.building)
        theirs = units[present.pieces.unit]
        cross = overlay.crossed(present.general, theirs, present.pieces.households)
        found.append(Side(
            layer, {one.pk: one for one in grids[layer.pk]}, units, cross,
            overlay.agreed(present.general, theirs, present.pieces.households), overlay.placed(cross),
            {one.pk: len(set(one.buildings) - own) for one in grids[layer.pk]}, look % LOOKS,
        ))  # fmt: skip
    return found


def drawing(given: Overlaid) -> dict[str, Any]:
    """Our grids as the workbench draws them, with the borders of each layer above."""
    held, community = given.held, given.community
    drawn = bench.bench(GridDraft(area=community, steps=[], at=0), held, given.names, may_edit=False)
    apart = {held.stairs.building[unit] for unit in given.unit[given.apart()].tolist()}
    ground, sheet = cells(held, community), bench.Sheet(held, community.pk)
    grids, letter = drawn["present"]["grids"], drawn["box"][0] / LETTERS
    taken = [_room(grid["x"], grid["y"], *OWN_LABEL, letter) for grid in grids]
    return {
        "box": drawn["box"], "ground": drawn["ground"], "grids": grids, "letter": round(letter, 1),
        "houses": [house | {"is_apart": house["id"] in apart} for house in drawn["houses"]],
        "layers": [
            {"look": side.look, "layer": side.layer, "grids": list(_borders(side, ground, sheet, letter, taken))}
            for side in given.sides
        ],
    }  # fmt: skip


def _borders(
    side: Side, ground: list[BaseGeometry], sheet: bench.Sheet, letter: float, taken: list[BaseGeometry]
) -> Iterator[dict[str, Any]]:
    """The border of each grid of a layer, and its name where no other stands."""
    for code in sorted(set(side.units.tolist()) - {NONE}):
        land = shapely.union_all([ground[unit] for unit in np.flatnonzero(side.units == code).tolist()])
        land = shapely.simplify(land, bench.FINE)
        largest = max(getattr(land, "geoms", [land]), key=lambda part: part.area)
        name, spot = str(side.grids[code]), (0.0, 0.0)
        if not land.is_empty:
            x, y = sheet.spot(*shapely.get_coordinates(largest.representative_point())[0])
            rooms = [(y + letter * step, _room(x, y + letter * step, len(name), 1.3, letter)) for step in STEPS]
            at, room = next((each for each in rooms if not any(each[1].intersects(one) for one in taken)), rooms[0])
            taken.append(room)
            spot = x, round(at + 0.35 * letter, 1)
        yield {"path": sheet.path(land), "name": name, "x": spot[0], "y": spot[1]}


def _room(x: float, y: float, wide: float, high: float, letter: float) -> BaseGeometry:
    """The room of a name round its middle, in letters."""
    return shapely.box(x - wide * letter / 2, y - high * letter / 2, x + wide * letter / 2, y + high * letter / 2)


def agreements(communities: Collection[int]) -> dict[int, list[tuple[Layer, Agreement]]]:
    """For each community its layers in use and how far each agrees, building by building: a few questions for all."""
    above = over_each(communities)
    used = {one.pk for layers in above.values() for one in layers if one.state == "laid"}
    wanted = [pk for pk, layers in above.items() if any(one.pk in used for one in layers)]
    rows = homes_of(wanted) if wanted else []
    lies_in = columns(used, [row[1] for row in rows])
    table = np.array([(row[0], row[2], row[3]) for row in rows], np.int64).reshape(-1, 3)
    found: dict[int, list[tuple[Layer, Agreement]]] = {}
    for community in communities:
        here = table[:, 0] == community
        found[community] = [
            (one, overlay.agreed(table[here, 1], lies_in[one.pk][here], table[here, 2]))
            for one in above.get(community, []) if one.pk in used
        ]  # fmt: skip
    return found
