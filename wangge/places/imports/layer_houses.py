"""Which buildings a row of a department's list means: by plate, address, compound and number, or by its outline."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry import shape

from wangge.access.models import Reach
from wangge.core.folding import fold
from wangge.exchange.importer import Values
from wangge.places.models import Address, Area, Building, Compound
from wangge.places.queries import addresses
from wangge.places.queries.lookup import house, plain
from wangge.places.queries.outlines import Outline, drawn_as, joined
from wangge.places.queries.register import Register, register

Blame = Callable[[str, str], None]


@dataclass
class Houses:
    """The buildings of an area in all the ways in which a list may name them."""

    ids: list[int]
    points: Any
    by_token: dict[str, int]
    by_number: dict[tuple[int, str], list[int]]
    of_compound: dict[int, list[int]]
    compounds: dict[str, list[int]] = field(default_factory=dict)
    by_address: dict[str, int] = field(default_factory=dict)
    register: Register | None = None
    drawn_round: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, area: Area, rows: Sequence[Values]) -> "Houses":
        """Read what the rows may mean, with a few questions for all of them."""
        inside = Reach.objects.filter(ancestor_id=area.pk).values("descendant_id")
        held = Building.objects.filter(grid_id__in=inside).order_by("pk")
        found = list(held.values_list("pk", "compound_id", "name", "token", "lon", "lat"))
        points: Any = shapely.points([row[4] for row in found], [row[5] for row in found])
        one = cls([row[0] for row in found], shapely.STRtree(points), {row[3]: row[0] for row in found}, {}, {})
        for pk, compound, name, *_rest in found:
            one.by_number.setdefault((compound or 0, house(name)), []).append(pk)
            one.of_compound.setdefault(compound or 0, []).append(pk)
        one._read_names(rows)
        return one

    def _read_names(self, rows: Sequence[Values]) -> None:
        """Compounds and addresses of the area by their plain names: a list seldom has the brackets of the register."""
        if any(values.get("compound") for values in rows):
            known = Address.objects.filter(compound_id__in=self.of_compound).values_list("compound_id", "text")
            named = Compound.objects.filter(pk__in=self.of_compound).order_by("pk").values_list("pk", "name")
            for pk, name in [*named, *known]:
                held = self.compounds.setdefault(plain(name), [])
                held += [pk] if pk not in held else []
        if any(values.get("address") for values in rows):
            texts = Address.objects.filter(building_id__in=self.ids).values_list("text", "building_id")
            self.by_address = {plain(text): pk for text, pk in texts}
            self.register = register()

    def names_one(self, values: Values) -> bool:
        """Whether a row names a building or a whole compound."""
        return any(values.get(code) for code in ("token", "building", "address", "compound"))

    def named(self, values: Values, blame: Blame) -> Iterable[int]:
        """The buildings a row names; blames the cell that names none or several."""
        if token := values.get("token"):
            return self._known([self.by_token.get(token)], "token", blame)
        if compound := values.get("compound"):
            return self._in_compound(compound, values.get("building", ""), blame)
        if address := values.get("address"):
            return self._known([self._at(address)], "address", blame)
        return self._numbered([0], values["building"], blame)

    def _in_compound(self, name: str, building: str, blame: Blame) -> Iterable[int]:
        found = self.compounds.get(plain(name), [])
        if len(found) != 1 and not (building and found):
            blame("compound", "ambiguous_house" if found else "unknown_house")
            return ()
        return self._numbered(found, building, blame) if building else self.of_compound[found[0]]

    def _numbered(self, compounds: Sequence[int], building: str, blame: Blame) -> Iterable[int]:
        found = [pk for each in compounds for pk in self.by_number.get((each, house(building)), [])]
        if len(found) > 1:
            blame("building", "ambiguous_house")
            return ()
        return self._known(found or [None], "building", blame)

    def _known(self, found: Sequence[int | None], code: str, blame: Blame) -> Iterator[int]:
        for each in found:
            if each is None:
                blame(code, "unknown_house")
            else:
                yield each

    def _at(self, text: str) -> int | None:
        """The one building of an address in any spelling."""
        if plain(text) in self.by_address or self.register is None:
            return self.by_address.get(plain(text))
        cut = addresses.cut(fold(text), self.register)
        for way in addresses.readings(cut.tail):
            found = [pk for each in cut.compounds for pk in self.by_number.get((each, house(way.building)), [])]
            if len(found) == 1:
                return found[0]
        return None

    def inside(self, drawn: Outline, before: Outline | None) -> tuple[Outline, list[int]]:
        """The outline, with what the grid had of it before; and the buildings whose middle lies in it.

        One that stands on the border of two grids belongs to the first.
        """
        ground = shapely.make_valid(shape(drawn))
        rows = sorted(self.points.query(ground, predicate="intersects").tolist())
        within = set(self.points.query(ground, predicate="contains").tolist())
        found = [row for row in rows if row in within or row not in self.drawn_round]
        self.drawn_round.update(found)
        return joined(before, drawn_as(ground) or drawn), [self.ids[row] for row in found]
