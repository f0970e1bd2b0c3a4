"""Drafting a change: which kind, which area, then one form with its preview; nothing is written before it is kept."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.places import actions
from wangge.places.models import Area
from wangge.places.queries.extent import preview
from wangge.places.queries.plans import forest
from wangge.places.rules import may_draft
from wangge.places.words import ChangeKind
from wangge.web.areas.forms import FORMS, DraftForm, choices, living
from wangge.web.areas.showing import shown

ASKED = {  # which area is chosen first, and of which levels it can be
    ChangeKind.RENAME: (gettext_lazy("Which area gets a new name?"), ("county", "town", "community", "grid")),
    ChangeKind.MOVE: (gettext_lazy("Which area moves?"), ("town", "community", "grid")),
    ChangeKind.MERGE: (gettext_lazy("Where do those lie that become one?"), ("county", "town")),
    ChangeKind.SPLIT: (gettext_lazy("Which area is split?"), ("town", "community")),
    ChangeKind.OPEN: (gettext_lazy("Where does the new area lie?"), ("city", "county", "town")),
    ChangeKind.END: (gettext_lazy("Which area ends?"), ("town", "community")),
}


@needs(may_draft)
@require_GET
def choose(request: Request) -> HttpResponse:
    """The kinds; with one chosen, the areas it can be about."""
    kind = request.GET.get("kind", "")
    if kind in FORMS and request.GET.get("area", "").isdecimal():
        return redirect("area-change-draft", kind, int(request.GET["area"]))
    question, levels = ASKED[ChangeKind(kind)] if kind in FORMS else ("", ())
    return render(request, "areas/choose.html", {
        "kinds": [(one, label) for one, label in ChangeKind.choices if one in FORMS],
        "kind": kind if kind in FORMS else "", "question": question,
        "groups": choices(living(*levels))[1:] if levels else [], "back_url": "..",
    })  # fmt: skip


@needs(may_draft)
@require_http_methods(["GET", "HEAD", "POST"])
def draft_page(request: Request, kind: str, area: int) -> HttpResponse:
    """The form; a first POST shows the preview, a second one keeps the draft."""
    if kind not in FORMS:
        raise Http404
    held = get_object_or_404(Area.objects.select_related("parent"), pk=area, valid_to__isnull=True)
    form = FORMS[kind](request.POST or None, area=held, tree=forest())
    context: dict[str, Any] = {"form": form, "here": held, "kind": ChangeKind(kind)}
    if request.method == "POST" and form.is_valid():
        if "keep" in request.POST and (pk := _keep(request, form)):
            return redirect("area-change", pk)
        context |= shown(preview(form.plan(), request.now), request.now)
    return render(request, "areas/draft.html", context)


def _keep(request: Request, form: DraftForm) -> int | None:
    try:
        change = actions.draft(form.plan(), by=request.actor, now=request.now)
    except Refused as refused:
        form.add_error(None, refused.reason)
        return None
    messages.success(request, _("The draft is kept. The duty chief approves it after looking at this preview."))
    return change.pk
