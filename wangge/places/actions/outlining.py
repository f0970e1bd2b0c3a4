"""Outlines of micro-grids whose plan took effect before outlines were kept: drawn in the night, a few at a time."""

from dataclasses import dataclass

from wangge.access.action import action, by_the_system, note
from wangge.access.actor import Actor
from wangge.places.models import Area, MicroGrid
from wangge.places.queries.bare import communities_without_outlines, outlines_of

MOST = 200  # communities a night


@dataclass(frozen=True)
class Outlined:
    """The community whose micro-grids got their outlines."""

    ledger_area: int

    @property
    def ledger_subject(self) -> str:
        return f"area:{self.ledger_area}"


def draw_missing(*, by: Actor) -> int:
    """Draw the outlines that are not there; say of how many micro-grids. Twice changes nothing."""
    before = MicroGrid.objects.filter(outline__isnull=False).count()
    for community in communities_without_outlines(MOST):
        draw_outlines(community, by=by)
    return MicroGrid.objects.filter(outline__isnull=False).count() - before


@action("grids.draw_outlines", needs=by_the_system)
def draw_outlines(community: Area, *, by: Actor) -> Outlined:
    """Give an outline to the micro-grids in force of a community that have none."""
    outlines = outlines_of(community)
    bare = MicroGrid.objects.filter(pk__in=outlines, outline__isnull=True, valid_to__isnull=True)
    drawn = [bare.filter(pk=pk).update(outline=outlines[pk]) for pk in bare.values_list("pk", flat=True)]
    note(micro_grids=len(drawn))
    return Outlined(community.pk)
