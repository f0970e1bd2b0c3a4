"""Divisions of departments: laid over ours, taken away again, and merged: who of each serves which grid of ours."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.core.states import ForbiddenMove
from wangge.places.models import Area, Layer, LayerGrid, Serving
from wangge.places.queries import layers as found_in
from wangge.places.queries.stated import Stated
from wangge.places.rules import may_lay
from wangge.places.words import LAYERS, LayerState


@action("layer.lay", needs=may_lay)
def lay_layer(area: Area, stated: Stated, *, by: Actor, now: datetime) -> Layer:
    """Lay a department's division over an area, whole or not at all. The same list laid again changes nothing.

    Of two persons who lay one at the same moment the second waits, and is told what the first laid.
    """
    digest = stated.digest(area.pk)
    found_in.alone(area.pk, stated)
    held = found_in.same(area.pk, stated)
    if held is not None and held.digest == digest:
        note(again=held.pk)
        return held
    if held is not None:
        raise Refused(
            _("“%(layer)s” lies over this area already, as of %(day)s. Take it away first, then lay the new one.")
            % {"layer": held, "day": date_format(held.as_of)}
        )
    if not any(grid.buildings for grid in stated.grids):
        raise Refused(_("None of these grids holds a building of this area. Was the right area chosen?"))
    layer = Layer.objects.create(
        area=area, organisation=stated.organisation, name=stated.name, as_of=stated.as_of, source=stated.source,
        digest=digest, made_by_id=by.account_id, made_at=now,
    )  # fmt: skip
    LayerGrid.objects.bulk_create(
        LayerGrid(
            layer=layer, code=one.code, name=one.name, post=one.post, phone=one.phone, outline=one.outline,
            buildings=sorted(one.buildings),
        )
        for one in stated.grids
    )  # fmt: skip
    note(grids=len(stated.grids), buildings=sum(len(one.buildings) for one in stated.grids), digest=digest)
    return layer


@action("layer.take_away", needs=may_lay)
def take_layer_away(layer: Layer, *, by: Actor) -> Layer:
    """Take away a layer that was laid by mistake or is out of date, while nothing follows from it yet."""
    held = _locked(layer)
    _move(held, "take_layer_away")
    if Serving.objects.filter(layer=held).exists():
        raise Refused(
            _("This layer says already who serves some of our grids: it stays, and closes when all are said.")
        )
    held.save(update_fields=["state"])
    return held


@action("layer.adopt", needs=may_lay)
def adopt_layer(
    layer: Layer, community: Area, servers: Mapping[int, int], *, valid_from: date, by: Actor, now: datetime
) -> Layer:
    """From a day on, the general grids of a community are served by the grids of the department stated for them.

    Stated again from a later day, only what differs ends and begins. Once all communities in which it holds buildings
    have this, the layer is closed: it is history, and our grids are those of the department.
    """
    held = _locked(layer)
    _move(held, "adopt_layer")
    own, theirs = found_in.general(community.pk), set(held.grids.values_list("pk", flat=True))
    if not servers or not set(servers) <= set(own) or not set(servers.values()) <= theirs:
        raise Refused(_("Say for one grid at least who serves it. If the grids have changed, load the page again."))
    if any(since > valid_from for since in own.values()) or valid_from < held.as_of:
        raise Refused(_("This day lies before the grids or the layer began: choose a later one."))
    shares = found_in.shares(held, community.pk)
    changed = _ended(held, own, servers, valid_from)
    Serving.objects.bulk_create(
        Serving(layer=held, grid_id=grid, by_id=servers[grid], households=shares.get((grid, servers[grid]), 0),
                valid_from=valid_from)
        for grid in changed if grid in servers
    )  # fmt: skip
    is_whole = not found_in.communities_without(held)
    held.state = held.state if is_whole else LayerState.LAID
    held.closed_on = (held.closed_on or valid_from) if is_whole else None
    held.save(update_fields=["state", "closed_on"])
    note(community=community.pk, grids=len(changed), on=valid_from.isoformat(), closed=is_whole)
    return held


def _ended(held: Layer, own: Collection[int], servers: Mapping[int, int], day: date) -> list[int]:
    """End what is stated otherwise from this day on; return the grids of ours of which something else is stated."""
    standing = {one.grid_id: one for one in found_in.standing(held, own)}
    before = {grid: one.by_id for grid, one in standing.items()}
    changed = [grid for grid in own if before.get(grid) != servers.get(grid)]
    ending = [standing[grid] for grid in changed if grid in standing]
    if any(one.valid_from >= day for one in ending):
        raise Refused(_("Another statement holds from this day or a later one: choose a day after it."))
    Serving.objects.filter(pk__in=[one.pk for one in ending]).update(valid_to=day)
    return changed


def _locked(layer: Layer) -> Layer:
    return Layer.objects.select_for_update(of=("self",)).select_related("area").get(pk=layer.pk)


def _move(held: Layer, verb: str) -> None:
    try:
        held.state = LAYERS.after(held.state, verb)
    except ForbiddenMove:
        raise Refused(
            _("This layer is “%(state)s” already. Load the page again.") % {"state": held.get_state_display()}
        ) from None
