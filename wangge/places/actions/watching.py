"""Every night the homes of all grids are counted; where one left its limits, the smallest repair is proposed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_noop

from wangge.access.action import action, by_the_system, note
from wangge.access.actor import Actor
from wangge.places.actions.drafts import begin
from wangge.places.models import Area, Grid, GridDraft
from wangge.places.queries.divisions import limits_of
from wangge.places.queries.watch import Found, count_homes
from wangge.places.words import Wish

MOST = 50  # drafts a night: more are a matter of a new plan, not of repairs
WHY = gettext_noop("Left their limits: %(grids)s")
NAMED = 10


@dataclass(frozen=True)
class Watched:
    """What a night's count found."""

    found: Found
    ledger_subject: str = "table:places_grid"
    ledger_area: int | None = None


@action("grids.count_homes", needs=by_the_system)
def count(*, by: Actor) -> Watched:
    """Write the number of homes of each grid that was drawn. Twice changes nothing."""
    found = count_homes()
    grids = list(Grid.objects.filter(area_id__in=found.changed))
    for grid in grids:
        grid.households = found.changed[grid.area_id]
    Grid.objects.bulk_update(grids, ["households"], batch_size=1_000)
    note(changed=len(found.changed), left=sum(len(numbers) for numbers in found.left.values()))
    return Watched(found)


def propose(found: Found, *, by: Actor, now: datetime) -> list[GridDraft]:
    """Begin a repair for each community in which a grid left its limits and nobody works on a draft."""
    busy = GridDraft.objects.filter(area_id__in=found.left, state__in=("drawing", "open", "submitted"))
    taken = set(busy.exclude(change__state="in_force").values_list("area_id", flat=True))
    limits = limits_of(found.left)
    areas = Area.objects.filter(pk__in=found.left.keys() - taken, valid_to__isnull=True).order_by("pk")[:MOST]
    return [
        begin(area, wish=Wish.REPAIR, limits=vars(limits[area.pk]), note_text=_why(found.left[area.pk]), by=by, now=now)
        for area in areas
    ]


def _why(numbers: list[str]) -> str:
    return WHY % {"grids": "、".join(sorted(numbers)[:NAMED])}
