"""One export: what leaves and why, what became of it, who decides, and its file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.exchange import export_files as files
from wangge.exchange.actions import exporting
from wangge.exchange.export_words import DECIDERS, EXPORT_LOOKS, LAW, NO_PERSON, TROUBLE, VERBS, ExportState, Form
from wangge.exchange.exporter import exporter
from wangge.exchange.models import Export
from wangge.exchange.queries import exports as read
from wangge.exchange.rules import (
    may_decide,
    may_destroy,
    may_download,
    may_see_export,
    may_see_exports,
    may_withdraw,
)
from wangge.exchange.tasks import make_soon
from wangge.exchange.views.exports import shown

RULES: dict[str, Callable[..., str | None]] = {
    "approve": may_decide,
    "refuse": may_decide,
    "withdraw": may_withdraw,
    "destroy": may_destroy,
}


@dataclass
class Line:
    """A line of what became of it."""

    at: datetime
    icon: str
    tone: str
    title: str
    who: str = ""
    text: str = ""


def _export(request: Request, pk: int) -> Export:
    """The export, when the actor may see it; 404 alike for one that is not there."""
    found = read.whole().filter(pk=pk).first()
    if found is None or may_see_export(request.actor, found) is not None:
        raise Http404(pk)
    return found


@needs(may_see_exports)
@require_GET
def one_export(request: Request, pk: int) -> HttpResponse:
    """What leaves, why, for whom, until when, who decided; the first rows; and what can be done now."""
    export = _export(request, pk)
    actor, kind = request.actor, exporter(export.kind)
    verbs = [VERBS[code] for code, rule in RULES.items() if rule(actor, export) is None]
    why_not = may_decide(actor, export) if actor.has(*DECIDERS) and export.state == ExportState.ASKED else None
    return render(request, "exchange/export.html", {
        **shown(export), "facts": read.narrowed_by(export, kind), "verbs": verbs, "why_not": why_not,
        "decides": any(verb.code == "approve" for verb in verbs), "law": LAW, "no_person": NO_PERSON,
        "may_download": may_download(actor, export) is None, "story": _story(export),
        "trouble": TROUBLE.get(export.trouble, ""), "sheet": Form(export.form).label,
    })  # fmt: skip


def _story(export: Export) -> list[dict[str, Any]]:
    """What became of it, as the list keeps it; each line stands in the book too."""
    refused, by, decider = export.state == ExportState.REFUSED, export.by, export.decided_by
    found = [Line(export.at, "hand-stop", "waiting", _("Asked"), _who(by))]
    if export.decided_at and decider:
        title, icon, tone = (_("Refused"), "circle-x", "none") if refused else (_("Approved"), "check", "good")
        found.append(Line(export.decided_at, icon, tone, title, _who(decider), export.answer))
    if export.made_at:
        found.append(Line(export.made_at, "table", "work", _("The file was made")))
    if export.downloaded_at:
        title = _("Fetched %(times)s times, last") % {"times": export.downloads}
        found.append(Line(export.downloaded_at, "package", "work", title))
    if export.ended_at and not refused:
        tone, icon = EXPORT_LOOKS[export.state]
        text = str(TROUBLE.get(export.trouble, ""))
        found.append(Line(export.ended_at, icon, tone, export.get_state_display(), "", text))
    return [vars(line) for line in found]


def _who(account: Any) -> str:
    return f"{account.name} · {account.organisation or ''}"


@needs(may_see_exports)
@require_POST
def move(request: Request, pk: int, verb: str) -> HttpResponse:
    """Approve, refuse, withdraw, destroy."""
    export = _export(request, pk)
    if verb not in VERBS:
        raise Http404(verb)
    answer = {"answer": request.POST.get("answer", "")[:400].replace("\0", "")} if verb in ("approve", "refuse") else {}
    try:
        held = getattr(exporting, verb)(export, by=request.actor, now=request.now, **answer)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        if held.state == ExportState.APPROVED:
            make_soon(held)
        messages.success(request, str(VERBS[verb].told))
    return redirect("export", pk=pk)


@needs(may_see_exports)
@require_POST
def download(request: Request, pk: int) -> HttpResponseBase:
    """Give the file out; each time stands in the book."""
    export = _export(request, pk)
    try:
        held = exporting.download(export, by=request.actor, now=request.now)
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("export", pk=pk)
    form = Form(held.form)
    answer = FileResponse(
        files.path_of(held.stored).open("rb"), as_attachment=True, content_type=files.MEDIA[form],
        filename=f"{held.mark}.{files.ENDINGS[form]}",
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer
