"""Layers of departments: communities with how far each layer agrees, one community with its drawing, a new layer."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.core.sheets import Unreadable
from wangge.exchange.queries.lists import said_trouble
from wangge.places.actions.layers import lay_layer, take_layer_away
from wangge.places.imports.layers import BadLayer, Fault, read_layer
from wangge.places.models import Area, Layer
from wangge.places.queries.layers import over, stated_in
from wangge.places.queries.stated import Stated
from wangge.places.rules import may_lay, may_see_changes
from wangge.places.words import LayerState
from wangge.web.grids.layer_forms import LayForm
from wangge.web.grids.views import asked_for, community_of, page_of

UNPROCESSABLE = 422
MOST_FAULTS = 200


@needs(may_see_changes)
@require_safe
def overview(request: Request) -> HttpResponse:
    """The communities of one's towns with the layers over each and how far they agree with our grids."""
    from wangge.places.queries.overlaid import agreements  # noqa: PLC0415 - slow import
    from wangge.web.grids.layer_telling import percent  # noqa: PLC0415 - slow import

    text = asked_for(request)
    page, more = page_of(request, text)
    agreed = agreements([one.pk for one in page])
    rows = [
        {"area": one, "layers": [
            {"layer": layer, "agreement": held, "percent": percent(held)} for layer, held in agreed[one.pk]
        ]}
        for one in page
    ]  # fmt: skip
    return render(request, "grids/layers_overview.html", {
        "rows": rows, "text": text, "shown": len(rows), "more_url": more,
    })  # fmt: skip


@needs(may_see_changes)
@require_safe
def layers(request: Request, pk: int) -> HttpResponse:
    """One community: the layers over its grids, drawn and in sentences."""
    return render(request, "grids/layers.html", shown(request, community_of(request, pk)))


@needs(may_see_changes)
@require_safe
def sheet(request: Request, pk: int) -> HttpResponse:
    """The same to print."""
    found = shown(request, community_of(request, pk))
    back = f"{reverse('layers-of', args=[pk])}?{request.GET.urlencode()}"
    return render(request, "grids/layers_print.html", {**found, "back_url": back})


def shown(request: Request, area: Area) -> dict[str, Any]:
    """Everything the page shows of the layers chosen."""
    from wangge.places.queries import overlaid  # noqa: PLC0415 - slow import
    from wangge.web.grids.layer_telling import sides  # noqa: PLC0415 - slow import

    known, only = over(area.pk), request.GET.get("only") == "1"
    asked = {int(one) for one in request.GET.getlist("layer") if one.isascii() and one.isdecimal() and len(one) < 18}
    laid = [one for one in known if one.state == LayerState.LAID]
    chosen = [one for one in known if one.pk in asked] if asked else laid or known
    given = overlaid.overlaid(area, [one.pk for one in chosen]) if chosen else None
    pieces, apart, homes = given.pieces() if given is not None else (0, 0, 0)
    return {
        "here": area, "known": known, "chosen": chosen, "only": only, "query": request.GET.urlencode(), "laid": laid,
        "stated": stated_in(area.pk),
        "may_lay": may_lay(request.actor, area) is None,
        "yours": {one.pk for one in known if may_lay(request.actor, one) is None},
        "sides": sides(given, only=only) if given is not None else [],
        "drawing": overlaid.drawing(given) if given is not None else None,
        "pieces": pieces, "apart": apart, "homes": homes,
    }  # fmt: skip


@needs(may_see_changes)
@require_http_methods(["GET", "HEAD", "POST"])
def lay(request: Request, pk: int) -> HttpResponse:
    """Lay a department's list or map over the community or its town; every fault is named by row and column."""
    area = community_of(request, pk)
    areas = [one for one in (area, area.parent) if one is not None and may_lay(request.actor, one) is None]
    if not areas:
        raise Refused(may_lay(request.actor, area) or "")
    form = LayForm(*((request.POST, request.FILES) if request.method == "POST" else ()), areas=areas)
    faults: list[Fault] = []
    if form.is_valid():
        given, system = dict(form.cleaned_data), {"kind": form.cleaned_data["system"]}
        over_ = next(one for one in areas if one.pk == given["over"])
        try:
            grids = read_layer(given["file"].chunks(), over_, system=system)
            told = {name: given[name] for name in ("organisation", "name", "as_of", "source")}
            lay_layer(over_, Stated(**told, grids=grids), by=request.actor, now=request.now)
        except BadLayer as bad:
            faults = bad.faults
            form.add_error("file", _("Nothing was written: mend the rows named below and choose the file again."))
        except Unreadable as unreadable:
            form.add_error("file", said_trouble(unreadable.rule))
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("The layer lies over the grids. Nothing of ours has changed."))
            return redirect("layers-of", pk)
    return render(
        request, "grids/layer_new.html",
        {"form": form, "here": area, "faults": faults[:MOST_FAULTS], "more": max(0, len(faults) - MOST_FAULTS)},
        status=UNPROCESSABLE if form.errors else 200,
    )  # fmt: skip


@needs(may_see_changes)
@require_POST
def take_away(request: Request, pk: int, layer: int) -> HttpResponse:
    """Take a layer away that was laid by mistake."""
    held = layer_of(request, pk, layer)
    try:
        take_layer_away(held, by=request.actor)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("Taken away. It stays in the book; our grids are as they were."))
    return redirect("layers-of", pk)


def layer_of(request: Request, pk: int, layer: int) -> Layer:
    """A layer over a community of one's areas; 404 elsewhere."""
    known = [one.pk for one in over(community_of(request, pk).pk)]
    return get_object_or_404(Layer.objects.select_related("area"), pk=layer if layer in known else 0)
