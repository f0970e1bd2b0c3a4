"""Who serves which grid goes on when a plan takes effect: a new grid is served by whom most of its homes had before."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from wangge.access.action import action, by_the_system, note
from wangge.access.actor import Actor
from wangge.core.areas import Deed
from wangge.places.actions.submitting import new_keys
from wangge.places.models import Change, ChangePart, GridDraft, Layer, Serving

Homes = dict[int, Counter[int]]
"""By grid of ours, how many of its homes lay in which grid before."""


def carry_servings(draft: GridDraft, change: Change, parts: Sequence[ChangePart], *, by: Actor) -> int:
    """State again who serves the grids that a plan began and ended, layer by layer; say how many are carried over.

    Called by the action `area_change.take_effect`, in its transaction; each layer has its own entry in the book.
    """
    ended = {part.area_id for part in parts if part.deed == Deed.END and part.area_id is not None}
    came = _came_from(draft, parts)
    before = ended.union(*came.values())
    standing: dict[Layer, list[Serving]] = defaultdict(list)
    for one in Serving.objects.filter(grid_id__in=before, valid_to__isnull=True).select_related("layer"):
        standing[one.layer].append(one)
    carried = 0
    for layer, servings in sorted(standing.items(), key=lambda item: item[0].pk):
        goes_on = carried_over(layer, servings, came, change.effective_on)
        carry_over(layer, goes_on, [one for one in servings if one.grid_id in ended], change=change, by=by)
        carried += len(goes_on)
    return carried


@action("layer.carry_over", needs=by_the_system)
def carry_over(
    layer: Layer, goes_on: Sequence[Serving], ended: Sequence[Serving], *, change: Change, by: Actor
) -> Layer:
    """Write who serves the new grids from the plan's day on, and end what was stated of the grids that end."""
    day = change.effective_on
    over = [one.pk for one in ended if one.valid_from < day]  # what was to begin later began nowhere
    Serving.objects.filter(pk__in=over).update(valid_to=day)
    Serving.objects.bulk_create(goes_on)
    note(change=change.pk, grids=[one.grid_id for one in goes_on], ended=len(over), on=day.isoformat())
    return layer


def carried_over(layer: Layer, servings: Iterable[Serving], came: Homes, day: date) -> list[Serving]:
    """What a layer says of the new grids: who served most of their homes. Where nobody did, nobody does."""
    known, found = {one.grid_id: one for one in servings}, []
    for grid, homes in sorted(came.items()):
        served: Counter[int | None] = Counter()
        for former, n in homes.items():
            served[known[former].by_id if former in known else None] += n
        most = max(served, key=lambda one: (served[one], -(one or 0)))
        if most is not None:
            since = min(known[one].valid_from for one in homes if one in known and known[one].by_id == most)
            found.append(
                Serving(
                    layer=layer, grid_id=grid, by_id=most, households=served[most], valid_from=max(day, since)
                )
            )  # fmt: skip
    return found


def _came_from(draft: GridDraft, parts: Iterable[ChangePart]) -> Homes:
    """The homes of new grids by the grid in which they lay before; those that were in none are left out."""
    from wangge.core import drafting  # noqa: PLC0415 - slow import
    from wangge.places.queries import drafted, grid_names  # noqa: PLC0415 - slow import

    under, found = drafted.under(draft), Homes()
    opened = {part.key: part.area_id for part in parts if part.key is not None}
    begun = {key: opened[at] for key, at in new_keys(under).items()}
    for origin, target, homes in drafting.compared(under.present, under.drawn).flows:
        former, grid = grid_names.area_of(under.drawn, origin) if origin >= 0 else None, begun.get(target)
        if former is not None and grid is not None:
            found.setdefault(grid, Counter())[former] += homes
    return found
