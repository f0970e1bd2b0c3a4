"""Exports on the desk: the list, and asking for a new one with its live count."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.exchange.actions import exporting
from wangge.exchange.export_forms import AskForm, FilterForm
from wangge.exchange.export_words import EXPORT_LOOKS, LAW, MOST_ROWS, NO_PERSON, OVERSEERS
from wangge.exchange.exporter import Exporter, exporters
from wangge.exchange.exporter import exporter as exporter_of
from wangge.exchange.models import Export
from wangge.exchange.queries import exports as read
from wangge.exchange.rules import may_ask, may_see_exports


def shown(export: Export) -> dict[str, Any]:
    """An export as a row and as the head of its page."""
    tone, icon = EXPORT_LOOKS[export.state]
    return {"export": export, "kind": exporter_of(export.kind), "tone": tone, "icon": icon}


@needs(may_see_exports)
@require_GET
def exports(request: Request) -> HttpResponse:
    """Exports, the newest first: one's own, those that wait for one's decision, or all."""
    sees_all = request.actor.has(*OVERSEERS)
    which = request.GET.get("show", "")
    if which not in ("mine", "waiting", "all"):
        which = "waiting" if request.actor.has("security_admin") else "all" if sees_all else "mine"
    text = request.GET.get("after", "")
    after = int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
    found = read.listed(request.actor, which, after)
    rows, more = found[: read.PAGE], found[read.PAGE :]
    offered = [("mine", _("My own"))] if not sees_all else [("waiting", _("Waiting for me")), ("all", _("All"))]
    return render(request, "exchange/exports.html", {
        "rows": [shown(export) for export in rows], "shown": len(rows), "which": which,
        "filters": [{"url": f"?show={code}", "label": label, "is_active": code == which} for code, label in offered],
        "more_url": f"?{urlencode({'show': which, 'after': str(rows[-1].pk)})}" if more else "",
        "may_ask": may_ask(request.actor) is None,
    })  # fmt: skip


def _kinds(request: Request) -> list[Exporter]:
    return [one for one in exporters() if may_ask(request.actor, one.kind) is None]


def _kind(request: Request, code: str) -> Exporter:
    found = next((one for one in _kinds(request) if one.kind == code), None)
    if found is None:
        raise Http404(code)
    return found


@needs(may_ask)
@require_GET
def new_export(request: Request) -> HttpResponse:
    """Choose what kind of list."""
    return render(request, "exchange/export_kinds.html", {"kinds": _kinds(request)})


@needs(may_ask)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request, kind: str) -> HttpResponse:
    """What, why, for whom, until when; the address may bring the filters along."""
    held = _kind(request, kind)
    counts_only = "count" in request.POST
    first = request.POST if counts_only else request.GET
    form = AskForm(
        request.POST if request.method == "POST" and not counts_only else None, kind=held, actor=request.actor,
        now=request.now, language=get_language() or "zh-hans", initial=first.dict(),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            export = exporting.ask(kind, form.wish, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Asked for. Somebody of another organisation decides; nothing leaves before."))
            return redirect("export", pk=export.pk)
    return render(request, "exchange/export_ask.html", {
        "form": form, "kind": held, "law": LAW, "no_person": NO_PERSON,
        **_counted(request, held, request.POST or request.GET),
    })  # fmt: skip


@needs(may_ask)
@require_GET
def count(request: Request, kind: str) -> HttpResponse:
    """How many rows the chosen filters find, for the form to ask again."""
    held = _kind(request, kind)
    return render(request, "exchange/_export_count.html", {"kind": held, **_counted(request, held, request.GET)})


def _counted(request: Request, kind: Exporter, data: Any) -> dict[str, Any]:
    """The rows of the filters that were sent; without a filter sent, of those that stand there first."""
    plain = FilterForm(None, kind=kind, actor=request.actor)
    form = FilterForm({**plain.first, **{code: data[code] for code in plain.codes if code in data}},
                      kind=kind, actor=request.actor)  # fmt: skip
    if not form.is_valid():
        return {"rows": None, "most": MOST_ROWS}
    rows = kind.count(form.given, request.now)
    return {"rows": rows, "most": MOST_ROWS, "is_too_many": rows > MOST_ROWS}
