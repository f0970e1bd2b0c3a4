"""Several nets into one: a draft along the layers of departments, and who of a department serves which grid of ours."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.places.actions.layers import adopt_layer
from wangge.places.models import Area, Layer
from wangge.places.queries.divisions import limits_of
from wangge.places.queries.layers import general, grids_of, over, shares, standing
from wangge.places.rules import may_lay, may_see_changes
from wangge.places.words import LayerState, Wish
from wangge.web.grids.layer_forms import AdoptForm, AlongForm
from wangge.web.grids.layers import UNPROCESSABLE, layer_of
from wangge.web.grids.views import begun, community_of


@needs(may_see_changes)
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: Request, pk: int) -> HttpResponse:
    """A draft whose borders follow those of layers, as far as the limits allow it; a job draws it."""
    area = community_of(request, pk)
    known = [one for one in over(pk) if one.state == LayerState.LAID]
    if not known:
        messages.error(request, _("No layer lies over this community yet: lay one first."))
        return redirect("layers-of", pk)
    form = AlongForm(
        request.POST if request.method == "POST" else None, layers=known, initial=vars(limits_of([pk])[pk])
    )
    if form.is_valid() and (draft := begun(request, area, form, wish=Wish.ANEW, along=form.cleaned_data["along"])):
        return redirect("grid-draft", draft.pk)
    return render(
        request, "grids/layers_draw.html", {"form": form, "here": area}, status=UNPROCESSABLE if form.errors else 200
    )


@needs(may_see_changes)
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: Request, pk: int, layer: int) -> HttpResponse:
    """For each grid of ours who of the department serves it: proposed by the share of households, corrected by hand."""
    area, held = community_of(request, pk), layer_of(request, pk, layer)
    if reason := may_lay(request.actor, held):
        raise Refused(reason)
    rows, form = _asked(request, area, held)
    if form.is_valid():
        try:
            adopt_layer(
                held, area, form.servers(), valid_from=form.cleaned_data["valid_from"], by=request.actor,
                now=request.now,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Stated. From that day each grid names who serves it."))
            return redirect("layers-of", pk)
    served = {form[f"grid_{row['pk']}"].value() for row in rows}
    idle = [one for one in grids_of([held.pk])[held.pk] if str(one.pk) not in {str(pk) for pk in served}]
    return render(
        request, "grids/layer_adopt.html",
        {"here": area, "layer": held, "form": form, "idle": idle,
         "rows": [row | {"field": form[f"grid_{row['pk']}"]} for row in rows]},
        status=UNPROCESSABLE if form.errors else 200,
    )  # fmt: skip


def _asked(request: Request, area: Area, held: Layer) -> tuple[list[dict[str, Any]], AdoptForm]:
    """Our grids with what is proposed for each, and the form; what is stated already goes before."""
    theirs = {one.pk: one for one in grids_of([held.pk])[held.pk]}
    own = dict(Area.objects.filter(pk__in=general(area.pk)).order_by("grid__number").values_list("pk", "name"))
    common = shares(held, area.pk)
    best: dict[int, int] = {}
    for (grid, server), homes in sorted(common.items()):
        if grid in own and homes > common.get((grid, best.get(grid, 0)), 0):
            best[grid] = server
    stated = {one.grid_id: one.by_id for one in standing(held, own)}
    form = AdoptForm(
        request.POST if request.method == "POST" else None, own=own, theirs=[*theirs.values()], best=best | stated,
        initial={"valid_from": localdate(request.now) + timedelta(days=1)},
    )  # fmt: skip
    rows = [
        {"pk": grid, "name": name, "share": [
            {"grid": theirs[server], "homes": homes}
            for (one, server), homes in sorted(common.items(), key=lambda item: -item[1]) if one == grid
        ]}
        for grid, name in own.items()
    ]  # fmt: skip
    return rows, form
