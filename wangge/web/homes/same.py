"""The same person? Pairs that are proposed, two entries side by side, merged, kept apart, unmerged."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.catalogue import queries as catalogue
from wangge.people import actions
from wangge.people.models import Merge, Person
from wangge.people.queries import same as read
from wangge.people.queries.comparing import compared
from wangge.people.queries.masked import masked
from wangge.people.queries.merging import Back, back, leads_to, trail_of
from wangge.people.rules import may_see_residents
from wangge.people.words import Kept
from wangge.web.homes.forms import purposes
from wangge.web.homes.persons import person_of
from wangge.web.homes.same_forms import MergeForm

NUMBERS = ("likeness", "first", "second")
View = Callable[..., HttpResponseBase]


def follows(view: View) -> View:
    """Lead the number of an entry that was joined to another to who stays, for those who may see both."""

    @wraps(view)
    def run(request: Request, pk: int, **given: Any) -> HttpResponseBase:
        try:
            return view(request, pk, **given)
        except Http404:
            match, kept = request.resolver_match, leads_to(pk) if may_see_residents(request.actor) is None else None
            if kept is None or request.method not in ("GET", "HEAD") or match is None:
                raise
            return redirect(reverse(match.view_name, kwargs={**match.kwargs, "pk": kept}))

    return run


@needs(may_see_residents)
@require_safe
def pairs(request: Request) -> HttpResponse:
    """Entries of one's own areas that may be one person."""
    found, last = read.pairs(_after(request))
    more = f"{reverse('people-same')}?{urlencode(dict(zip(NUMBERS, last, strict=True)))}" if last else ""
    return _page(request, "homes/same.html", {"rows": found, "shown": len(found), "more_url": more})


@needs(may_see_residents)
@require_safe
def person(request: Request, pk: int) -> HttpResponse:
    """Who may be the same as one person, and who was joined to them."""
    held = person_of(pk)
    return _page(request, "homes/twice.html", {
        "resident": held, "shown": masked([held])[pk], "rows": read.of_person(held),
        "trail": [(one, _role(one.merge.role)) for one in trail_of(pk)],
    })  # fmt: skip


@needs(may_see_residents)
@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: Request, first: int, second: int) -> HttpResponse:
    """Two entries side by side; after the choices and a purpose one of them."""
    kept, gone = _two(request, first, second)
    fields, labels = compared(kept, gone), _labels()
    form = MergeForm(
        request.POST if request.method == "POST" else None, fields=fields, kept=kept, gone=gone, labels=labels,
        choices=purposes(Kept.NAME.value, request.actor, localdate(request.now)),
    )  # fmt: skip
    if form.is_valid():
        given = {"choice": form.choice(), "purpose": form.cleaned_data["purpose"]}
        try:
            actions.merge_persons(kept, gone, **given, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("The two entries are one now."))
            return redirect("person-same", kept.pk)
    return _page(request, "homes/pair.html", {
        "sides": (kept, gone), "form": form, "fields": [(one, labels[one.field]) for one in fields],
        "are_apart": read.are_apart(kept.pk, gone.pk),
    }, wrong=bool(form.errors))  # fmt: skip


@needs(may_see_residents)
@require_POST
def apart(request: Request, first: int, second: int) -> HttpResponse:
    """Two people: not proposed again; or that is taken back."""
    kept, gone = _two(request, first, second)
    act = actions.think_again if request.POST.get("again") else actions.keep_apart
    act(kept, gone, by=request.actor, now=request.now)
    messages.success(request, _("Written down."))
    if request.POST.get("again"):
        return redirect("people-pair", kept.pk, gone.pk)
    return redirect("people-same")


@needs(may_see_residents)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: Request, pk: int) -> HttpResponse:
    """What comes back and what stays; after one press it is so."""
    merge = get_object_or_404(Merge, pk=pk)
    reason = ""
    if request.method == "POST":
        try:
            done = actions.unmerge_persons(merge, by=request.actor, now=request.now)
        except Refused as refused:
            reason = refused.reason
        else:
            messages.success(request, _("There are two entries again."))
            return redirect("people-pair", done.into, done.gone)
    held, labels = person_of(merge.kept_id), _labels()
    plan: Back | None = back(merge)
    context = {
        "resident": held, "shown": masked([held])[held.pk], "merge": merge, "plan": plan, "reason": reason,
        "fields": [labels[code] for code in plan.fields] if plan else [],
        "staying": [labels[code] for code in plan.staying] if plan else [],
    }  # fmt: skip
    return _page(request, "homes/unmerge.html", context, wrong=bool(reason))


def _two(request: Request, first: int, second: int) -> tuple[Person, Person]:
    """Both, who lives here first, else in the order of their numbers."""
    if first == second:
        raise Http404
    one, other = person_of(first), person_of(second)
    kept, gone = sorted((one, other), key=lambda each: (each.home_id is None, each.pk))
    return kept, gone


def _after(request: Request) -> read.Place | None:
    try:
        likeness, first, second = (int(request.GET[name]) for name in NUMBERS)
    except (KeyError, ValueError):
        return None
    return read.Place(*(max(-1, min(number, 2**63 - 1)) for number in (min(likeness, 99), first, second)))


def _labels() -> dict[str, str]:
    return {code: str(label) for code, label in Kept.choices} | {"wishes": _("How to reach them")}


def _role(code: str) -> str:
    held = catalogue.roles().get(code)
    return held.entry.label.text(get_language() or "") if held else code


def _page(request: Request, template: str, context: dict[str, Any], *, wrong: bool = False) -> HttpResponse:
    response = render(request, template, context, status=422 if wrong else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
