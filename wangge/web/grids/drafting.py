"""The workbench: a draft beside what is in force, steps by hand, the hand-over, submission."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.access.pages import Request, needs
from wangge.places.actions import drafts, submitting
from wangge.places.models import GridDraft
from wangge.places.queries.reasons import why_not_drawn
from wangge.places.rules import may_divide, may_see_changes
from wangge.web.grids.forms import EditForm, SubmitForm

UNPROCESSABLE, CONFLICT = 422, 409


def draft_of(pk: int) -> GridDraft:
    """A draft of one's areas; the database shows no other."""
    return get_object_or_404(GridDraft.objects.select_related("area", "made_by", "change"), pk=pk)


@needs(may_see_changes)
@require_safe
def bench(request: Request, pk: int) -> HttpResponse:
    """The draft: still being drawn, failed, or both drawings with everything one can do."""
    draft = draft_of(pk)
    if "HX-Request" in request.headers:  # the page of a drawing asks each second whether it is done
        done = draft.state != "drawing"
        return HttpResponse(headers={"HX-Refresh": "true"} if done else {})
    if draft.state in ("drawing", "failed"):
        told = {"trouble": why_not_drawn(draft.trouble), "may_draw": may_divide(request.actor, draft) is None}
        return render(request, "grids/drawing.html", {"draft": draft, **told})
    return render(request, "places/draft.html", shown(request, draft, SubmitForm()))


def shown(request: Request, draft: GridDraft, form: SubmitForm) -> dict[str, Any]:
    """Everything the workbench shows."""
    from wangge.places.queries import bench as drawing  # noqa: PLC0415 - slow import
    from wangge.places.queries import drafted, grid_names  # noqa: PLC0415 - slow import

    held = drafted.under(draft)
    names = grid_names.called(held, draft.area_id)
    may_edit = draft.state == "open" and may_divide(request.actor, draft) is None
    changed = submitting.homes_changed(draft) if may_edit else 0
    why = ngettext(
        "%(n)s home was registered or taken out since this was drawn: draw again.",
        "%(n)s homes were registered or taken out since this was drawn: draw again.", changed,
    ) % {"n": changed}  # fmt: skip
    return {
        "bench": drawing.bench(draft, held, names, may_edit=may_edit),
        "draft": {
            "pk": draft.pk, "community": draft.area, "number": draft.number, "made_by": draft.made_by.name,
            "made_at": draft.made_at, "seconds": draft.seconds, "note": draft.note, "state": draft.state,
            "get_state_display": draft.get_state_display(), "change": draft.change, "urls": urls_of(draft),
            "may_draw_again": bool(changed), "may_take_back": may_take_back(draft, request.actor),
        },
        **tables(draft, held, names), "steps": way(draft), "may_submit": may_edit and not changed,
        "why_not": why if changed else "", "form": form if may_edit else None,
    }  # fmt: skip


def may_take_back(draft: GridDraft, actor: Actor) -> bool:
    """Whether the plan of a draft was withdrawn, so that the draft can be changed again."""
    was_withdrawn = draft.state == "submitted" and draft.change is not None and draft.change.state == "withdrawn"
    return was_withdrawn and may_divide(actor, draft) is None


def tables(draft: GridDraft, held: Any, names: Any) -> dict[str, Any]:
    """The score sheet, with the layers it was drawn along, and what changes."""
    from wangge.web.grids import layer_telling  # noqa: PLC0415 - slow import
    from wangge.web.grids.telling import changes, score, shortfalls  # noqa: PLC0415 - slow import

    return {
        "sheet": [*score(held), *layer_telling.score(draft, held)], "short": shortfalls(held, names),
        "changes": changes(held, names),
    }  # fmt: skip


def urls_of(draft: GridDraft) -> dict[str, str]:
    """The addresses of what one can do with a draft."""
    names = ("edit", "submit", "handover", "explain", "discard", "draw-again", "take-back")
    found = {name.replace("-", "_"): reverse(f"grid-draft-{name}", args=[draft.pk]) for name in names}
    return found | {
        "back": reverse("grids-of", args=[draft.area_id]),
        "settings": reverse("grids-draw", args=[draft.area_id]),
    }


def way(draft: GridDraft) -> list[dict[str, str]]:
    """The way of a draft until it holds."""
    at = {"open": 1, "submitted": 2}.get(draft.state, 0)
    if draft.change is not None:
        at = {"draft": 2, "approved": 3, "in_force": 4}.get(draft.change.state, at)
    labels = [_("drawn"), _("changed by hand"), _("approved by a second person"), _("takes effect"), _("in force")]
    states = ["done" if n < at else "now" if n == at else "todo" for n in range(len(labels))]
    return [{"label": label, "state": state} for label, state in zip(labels, states, strict=True)]


@needs(may_see_changes)
@require_POST
def edit(request: Request, pk: int) -> HttpResponse:
    """One step by hand; a script gets the new half back, a form the page."""
    draft, form = draft_of(pk), EditForm(request.POST)
    wants_json = "application/json" in request.headers.get("Accept", "")
    status, says = UNPROCESSABLE, ""
    if not form.is_valid():
        says = " ".join(str(text) for texts in form.errors.values() for text in texts)
    else:
        try:
            draft = drafts.edit(draft, form.edit(), by=request.actor, now=request.now)
        except drafts.Overtaken as overtaken:
            status, says = CONFLICT, overtaken.reason
        except Refused as refused:
            says = refused.reason
    if not wants_json:
        (messages.error if says else messages.success)(request, says or _("Done. “Undo” takes it back."))
        return redirect("grid-draft", pk)
    return JsonResponse({"says": says}, status=status) if says else JsonResponse(_answer(request, draft))


def _answer(request: Request, draft: GridDraft) -> dict[str, Any]:
    from wangge.places.queries import bench as drawing  # noqa: PLC0415 - slow import
    from wangge.places.queries import drafted, grid_names  # noqa: PLC0415 - slow import

    held = drafted.under(draft)
    names = grid_names.called(held, draft.area_id)
    found, taken = tables(draft, held, names), draft.held_steps
    return {
        "draft": drawing.draft_side(draft, held, names), "version": draft.version,
        "undo": drafted.told(taken[-1]) if taken else "",
        "redo": drafted.told(draft.steps[draft.at]) if draft.at < len(draft.steps) else "",
        "sheet_html": render_to_string("places/_draft_sheet.html", found, request),
        "changes_html": render_to_string("places/_draft_changes.html", found, request),
        "says": drafted.told(taken[-1]) if taken and request.POST.get("verb") not in ("undo", "redo") else _("Done."),
    }  # fmt: skip


@needs(may_see_changes)
@require_POST
def submit(request: Request, pk: int) -> HttpResponse:
    """Submit for approval by a second person."""
    draft, form = draft_of(pk), SubmitForm(request.POST)
    if form.is_valid():
        try:
            held = submitting.submit(draft, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Sent. Another person of the town looks at it and approves it."))
            return redirect("area-change", held.change_id)
    return render(request, "places/draft.html", shown(request, draft, form), status=UNPROCESSABLE)


@needs(may_see_changes)
@require_POST
def decide(request: Request, pk: int, verb: str) -> HttpResponse:
    """Discard, draw again, open again."""
    draft = draft_of(pk)
    verbs = {"discard": drafts.discard, "draw-again": drafts.draw_again, "take-back": submitting.take_back}
    if verb not in verbs:
        raise Http404
    try:
        held = verbs[verb](draft, by=request.actor, now=request.now)
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("grid-draft", pk)
    return redirect("grids-of", draft.area_id) if held.state == "discarded" else redirect("grid-draft", pk)


@needs(may_see_changes)
@require_safe
def handover(request: Request, pk: int) -> HttpResponse:
    """Who and what goes from which grid to which: workers, open cases, buildings. A list to look at before approval."""
    from wangge.web.grids.telling import handing_over  # noqa: PLC0415 - slow import

    draft = draft_of(pk)
    return render(request, "grids/handover.html", {"draft": draft, **handing_over(draft, request.now)})


@needs(may_see_changes)
@require_safe
def explain(request: Request, pk: int) -> HttpResponse:
    """A page to hang up: which houses will lie in which grid, and why; for residents."""
    draft = draft_of(pk)
    found = shown(request, draft, SubmitForm())
    houses = houses_by_grid(found["bench"])
    return render(
        request, "grids/explain.html", {**found, "houses": houses, "back_url": reverse("grid-draft", args=[pk])}
    )


def houses_by_grid(bench: dict[str, Any]) -> list[dict[str, Any]]:
    """The grids of a draft with the names of the houses that lie in each."""
    side = bench["draft"]
    return [
        {**grid, "houses": "、".join(
            house["name"] for house in bench["houses"] if side["general"][house["pieces"][0]] == grid["key"]
        )}
        for grid in side["grids"]
    ]  # fmt: skip
