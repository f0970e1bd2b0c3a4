"""The preview: what will be taken and what not and why; doubts decided one by one or in bulk; nothing written yet."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.exchange import actions
from wangge.exchange.drawing import draw
from wangge.exchange.importer import Importer
from wangge.exchange.models import Doubt, Import
from wangge.exchange.queries import lists
from wangge.exchange.queries.uncollected import not_collected
from wangge.exchange.rules import may_import
from wangge.exchange.sealed_list import SealedList
from wangge.exchange.tasks import go_on
from wangge.exchange.views.desk import held_of, said, shown
from wangge.exchange.words import LIKE, Decision, DoubtKind, Fate, State

SURE = 0.9


@needs(may_import)
@require_GET
def preview(request: Request, pk: int) -> HttpResponse:
    """Counts, map, doubts and faults of a checked file."""
    held, kind = held_of(request, pk)
    if held.state not in (State.CHECKED, State.DECIDED):
        return redirect("import", pk=pk)
    doubt_kind = request.GET.get("doubt", "")
    after = request.GET.get("after", "")
    found = lists.doubts_of(held, is_open=request.GET.get("all") != "1", kind=doubt_kind, after=_whole(after))
    doubts, more = found[: lists.PAGE], found[lists.PAGE :]
    asked: dict[str, str] = {"doubt": doubt_kind, "all": request.GET.get("all", "")}
    return render(request, "exchange/preview.html", {
        **shown(held), "counts": _counts(held), "faults": lists.faults_said(held)[:12],
        "doubts": _shown(held, kind, doubts), "doubt_filters": _filters(held, doubt_kind),
        "more_url": f"?{urlencode({**asked, 'after': str(doubts[-1].pk)})}" if more else "",
        "drawing": draw(lists.points(held), kind.ground()) if kind.has_points else None,
        "may_join": _sure(held).exists(), "may_leave": _misplaced(held).exists(),
        "open_doubts": Doubt.objects.filter(of=held, decision=Decision.OPEN).count(),
        "again": lists.left_out_again(held),
        "to_write": held.counts.get("new", 0) + held.counts.get("changed", 0), "twins": lists.twins(held)[:3],
        "uncollected": not_collected(held),
    })  # fmt: skip


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0


def _counts(held: Import) -> list[dict[str, Any]]:
    tones = {"new": "good", "changed": "work", "same": "none", "faulty": "bad"}
    found = [
        {"code": fate, "label": label, "number": held.counts.get(fate, 0), "tone": tones[fate]}
        for fate, label in Fate.choices
    ]
    gone = held.counts.get("gone", 0)
    return [*found, {"code": "gone", "label": _("No longer in the list"), "number": gone, "tone": "hold"}]


def _filters(held: Import, chosen: str) -> list[dict[str, Any]]:
    labels = dict(DoubtKind.choices)
    return [
        {"url": f"?doubt={kind}", "label": labels[kind], "count": waiting, "is_active": kind == chosen}
        for kind, (waiting, _all) in sorted(lists.doubts_by_kind(held).items())
    ]


def _shown(held: Import, kind: Importer, doubts: Sequence[Doubt]) -> list[dict[str, Any]]:
    """Doubts as the page shows them; names of persons are opened and masked for it, and kept nowhere."""
    names = kind.shown(held.pk, doubts) if isinstance(kind, SealedList) else {}
    return [
        {
            "doubt": one, "reasons": [lists.said_reason(reason) for reason in one.reasons],
            "is_like": one.kind in LIKE, "percent": round(one.score * 100) if one.kind in LIKE else 0,
            "name": names.get(one.pk, (one.name, ""))[0], "other_name": names.get(one.pk, ("", one.other_name))[1],
        }
        for one in doubts
    ]  # fmt: skip


def _sure(held: Import) -> QuerySet[Doubt]:
    return Doubt.objects.filter(of=held, decision=Decision.OPEN, kind__in=LIKE, score__gte=SURE)


def _misplaced(held: Import) -> QuerySet[Doubt]:
    return Doubt.objects.filter(of=held, decision=Decision.OPEN).exclude(kind__in=LIKE)


@needs(may_import)
@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Decide the ticked doubts, or all open ones of a kind."""
    held, _kind = held_of(request, pk)
    verb = request.POST.get("decision", "")
    ticked = [int(one) for one in request.POST.getlist("doubt") if one.isdecimal()][:500]
    if single := request.POST.get("one", ""):
        number, _colon, verb = single.partition(":")
        ticked = [_whole(number)]
    if request.POST.get("all") and verb in Decision.values:
        asked = _sure(held) if verb == Decision.SAME else _misplaced(held)
        ticked = list(asked.values_list("pk", flat=True))
    if verb not in (Decision.SAME, Decision.TAKE, Decision.OUT):
        raise Http404
    actions.decide(held, ticked, verb, by=request.actor, now=request.now)
    return redirect(f"{reverse('import-preview', args=[pk])}#doubts")


@needs(may_import)
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Take the rows from now on, in the background."""
    held, _kind = held_of(request, pk)
    try:
        actions.confirm(held, by=request.actor, now=request.now, without_faulty="without_faulty" in request.POST)
    except Refused as refused:
        from django.contrib import messages  # noqa: PLC0415 - app ready

        messages.error(request, refused.reason)
        return redirect("import", pk=pk)
    go_on(request.actor, pk)
    return said(request, pk, _("Confirmed. The rows are being written."))
