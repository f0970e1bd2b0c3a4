"""Micro-grids in force without an outline: plans of before outlines were kept."""

from wangge.places.models import Area, MicroGrid
from wangge.places.queries.divisions import limits_of
from wangge.places.queries.outlines import Outline
from wangge.places.queries.units import stairs_of


def communities_without_outlines(most: int) -> list[Area]:
    """Communities in which a micro-grid in force has no outline."""
    bare = MicroGrid.objects.filter(outline__isnull=True, valid_to__isnull=True, grid__valid_to__isnull=True)
    return list(Area.objects.filter(pk__in=bare.values("grid__parent_id"), valid_to__isnull=True).order_by("pk")[:most])


def outlines_of(community: Area) -> dict[int, Outline]:
    """The outline of each micro-grid in force of a community, by its id, from the stairwells of today."""
    from wangge.places.queries import drafted, grounds  # noqa: PLC0415 - slow import

    stairs = stairs_of(community.pk)
    if not len(stairs):
        return {}
    options = drafted.options_of(vars(limits_of([community.pk])[community.pk]))
    present = drafted.in_force(stairs, options)
    under = drafted.Under(stairs, options, present, present)
    ids = {key: int(name) for key, name in enumerate(present.units.names["micro_grid"])}
    for row, bands in stairs.bands.items():  # stairwells shared by floors name their micro-grids band by band
        for key, (one, _grid) in zip(present.micro[present.pieces.unit == int(row)].tolist(), bands, strict=False):
            ids.setdefault(key, int(one))
    keys = {*present.general[present.general >= 0].tolist()}
    found = grounds.micro_grounds(under, community, keys)
    return {ids[key]: outline for key, outline in found.items() if key in ids}
