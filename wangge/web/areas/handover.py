"""The list by which open work is handed over: page, print, table; signed by the old area, acknowledged by the new."""

import csv
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.cases.actions import handover as actions
from wangge.cases.models import Handover, HandoverItem
from wangge.cases.queries.handover import Handed, handovers, listed, to_decide
from wangge.cases.rules import may_acknowledge, may_decide, may_see_handovers, may_sign_off
from wangge.places.queries import ancestors
from wangge.teams.models import Organisation

PAGE = 100
LEADS = ("secretary", "town_staff", "duty_chief", "dispatcher")
SIGN: dict[str, Callable[..., Handover]] = {"sign_off": actions.sign_off, "acknowledge": actions.acknowledge}


def _list(pk: int) -> Handover:
    """The list, if it goes from or to an area of the actor's."""
    return get_object_or_404(handovers(), pk=pk)


@needs(may_see_handovers)
@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """The list with the two signatures and the decisions about what units of the old area have in hand."""
    held, after = _list(pk), request.GET.get("after", "")
    rows = listed(
        held, after=int(after) if after.isascii() and after.isdecimal() and len(after) < 18 else 0, most=PAGE + 1
    )
    takes_over = bool(request.actor.areas_of(LEADS) & ancestors(held.target_id))
    decides = held.acknowledged_by_id is None and may_decide(request.actor, HandoverItem(handover=held)) is None
    return render(request, "areas/handover.html", {
        "handover": held, "rows": rows[:PAGE], "shown": len(rows[:PAGE]), "total": held.items.count(),
        "more_url": f"?after={rows[PAGE - 1].item.pk}" if len(rows) > PAGE else "",
        "left": to_decide(held).count() if takes_over else 0, "links": takes_over,
        "may_sign": not held.signed_by_id and may_sign_off(request.actor, held) is None,
        "may_acknowledge": bool(held.signed_by_id) and not held.acknowledged_by_id
        and may_acknowledge(request.actor, held) is None,
        "decides": decides, "units": _units(held) if decides and any(row.is_open for row in rows) else [],
    })  # fmt: skip


def _units(held: Handover) -> list[Organisation]:
    """Units that can take a case over: of the new area and of what lies above it."""
    return list(Organisation.objects.filter(area_id__in=ancestors(held.target_id)).order_by("sort_key"))


@needs(may_see_handovers)
@require_GET
def sheet(request: Request, pk: int) -> HttpResponse:
    """The whole list on paper, with two lines to sign."""
    held = _list(pk)
    return render(request, "areas/handover_print.html", {
        "handover": held, "rows": listed(held), "back_url": reverse("handover", args=[pk]),
    })  # fmt: skip


@needs(may_see_handovers)
@require_GET
def table(request: Request, pk: int) -> HttpResponse:
    """The list as CSV: numbers, places, clocks and units; no person and no word of a reporter."""
    held = _list(pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="handover-{held.change.effective_on}-{held.pk}.csv"'
    )
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(
        [
            _("Number"),
            _("Place"),
            _("Category"),
            _("State"),
            _("Limit"),
            _("Who has it"),
            _("What is next"),
            _("Unit of the old area"),
            _("Decision"),
        ]
    )
    writer.writerows(_plain(row) for row in listed(held))
    return response


def _plain(row: Handed) -> list[str]:
    item = row.item
    theirs = _("yes") if item.theirs else ""
    limit = f"{localtime(item.due_at):%Y-%m-%d %H:%M}"
    cells = [item.number, item.where, row.category, row.state.label, limit, row.who, row.next, theirs,
             item.get_decision_display() if item.decision else ""]  # fmt: skip
    return ["'" + str(cell) if str(cell)[:1] in "=+-@\t\r" and cell else str(cell) for cell in cells]


@needs(may_see_handovers)
@require_POST
def sign(request: Request, pk: int, verb: str) -> HttpResponse:
    """Sign off or acknowledge."""
    if verb not in SIGN:
        raise Http404
    try:
        SIGN[verb](_list(pk), by=request.actor, now=request.now)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("Signed."))
    return redirect("handover", pk)


@needs(may_see_handovers)
@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """The unit of the old area finishes the case, or another one takes it over as it stands."""
    item = get_object_or_404(HandoverItem.objects.select_related("handover", "case"), pk=pk)
    unit = request.POST.get("unit", "")
    try:
        if unit.isascii() and unit.isdecimal() and len(unit) < 10:
            taker = get_object_or_404(Organisation, pk=int(unit))
            actions.redispatch(item, organisation=taker, by=request.actor, now=request.now)
        else:
            actions.leave(item, by=request.actor, now=request.now)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("Decided for %(number)s.") % {"number": item.number})
    return redirect("handover", item.handover_id)
