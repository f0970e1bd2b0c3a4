"""Compounds and buildings a report can be about, by any spelling of a name or an address. No home is told of here."""

from wangge.places.models import Building, Compound
from wangge.places.queries import Place, grids_of, of_building, of_compound
from wangge.places.queries.finding import Hit
from wangge.places.queries.seeking import look_up
from wangge.places.words import Kind

MOST = 20


def search(text: str, *, most: int = MOST) -> list[Place]:
    """The places the text may mean, the closest first; for an address of a home, its building."""
    found = look_up(text, kinds=(Kind.COMPOUND, Kind.BUILDING), most=most)
    hits = sorted((hit for group in found.groups for hit in group.hits), key=lambda hit: hit.cursor)[:most]
    compounds = (
        Compound.objects.select_related("community").defer("community__outline").in_bulk(_ids(Kind.COMPOUND, hits))
    )
    buildings = (
        Building.objects.select_related("compound", "grid")
        .defer("grid__outline", "footprint")
        .in_bulk(_ids(Kind.BUILDING, hits))
    )
    grids = grids_of(compounds)
    places: dict[tuple[str, int], Place | None] = {
        (Kind.COMPOUND, pk): of_compound(one, grids[pk]) for pk, one in compounds.items()
    }
    places |= {(Kind.BUILDING, pk): of_building(one) for pk, one in buildings.items()}
    return [place for hit in hits if (place := places.get(hit.key)) is not None]


def _ids(kind: Kind, hits: list[Hit]) -> list[int]:
    return [hit.place for hit in hits if hit.kind == kind]
