"""Impact assessments: the list, one with its reviews, a new one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.people.actions.watching import record_assessment, review_assessment
from wangge.people.queries import assessed
from wangge.people.rules import may_assess, may_read_assessments
from wangge.people.words import Conclusion
from wangge.web.privacy.forms import AssessmentForm, AssessmentReviewForm
from wangge.web.privacy.words import Words, ways, words

PAGE = 50
LOOKS = {Conclusion.GO: ("good", "circle-check"), Conclusion.MEASURES: ("work", "circle-check"),
         Conclusion.STOP: ("bad", "hand-stop")}  # fmt: skip
page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@needs(may_read_assessments)
@require_safe
def assessments(request: Request) -> HttpResponse:
    """All of them or what is overdue, the latest first; and the purposes that have none."""
    today, said = localdate(request.now), words()
    is_overdue = request.GET.get("which") == "overdue"
    given = request.GET.get("before", "")
    before = int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None
    found = assessed.page_of(today=today, is_overdue=is_overdue, before=before, size=PAGE)
    page, here = found[:PAGE], reverse("assessments")
    which = "which=overdue&" if is_overdue else ""
    late = assessed.overdue(today)
    return render(request, "privacy/assessments.html", {
        "ways": ways(request, "assessments"), "rows": [_row(one, said) for one in page], "shown": len(page),
        "more_url": f"?{which}before={page[-1].pk}" if len(found) > PAGE else "", "today": today,
        "filters": [
            {"url": here, "label": _("All"), "is_active": not is_overdue},
            {"url": f"{here}?which=overdue", "label": _("Overdue"), "count": late, "is_active": is_overdue},
        ],
        "unassessed": [(one.code, said.purpose(one.code), one.is_sensitive) for one in assessed.unassessed(today)],
        "may_assess": may_assess(request.actor) is None, "is_overdue": is_overdue,
    })  # fmt: skip


@needs(may_assess)
@page_or_form
def new(request: Request) -> HttpResponse:
    """Write one down."""
    sent = request.POST if request.method == "POST" else None
    initial = {"done_on": localdate(request.now), "purposes": request.GET.getlist("purpose")[:50]}
    form = AssessmentForm(sent, initial=initial, words=words())
    if form.is_valid():
        given = form.cleaned_data | {"conclusion": Conclusion(form.cleaned_data["conclusion"])}
        try:
            held = record_assessment(**given, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("The assessment is written down."))
            return redirect("assessment", held.pk)
    return render(request, "privacy/assessment_new.html", {"form": form}, status=422 if form.errors else 200)


@needs(may_read_assessments)
@page_or_form
def assessment(request: Request, pk: int) -> HttpResponse:
    """One with its reviews; the security administrator looks at it again here."""
    one = get_object_or_404(assessed.assessments(), pk=pk)
    form = AssessmentReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data | {"conclusion": Conclusion(form.cleaned_data["conclusion"])}
        try:
            review_assessment(one, **given, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Written down."))
            return redirect("assessment", pk)
    said = words()
    return render(request, "privacy/assessment.html", {
        **_row(one, said), "role": said.role(one.role), "first": Conclusion(one.conclusion).label,
        "reviews": [(review, Conclusion(review.conclusion).label) for review in one.reviews.order_by("-id")],
        "form": form, "may_assess": may_assess(request.actor) is None, "today": localdate(request.now),
    }, status=422 if form.errors else 200)  # fmt: skip


def _row(one: Any, said: Words) -> dict[str, Any]:
    holds = Conclusion(one.holds)
    tone, icon = LOOKS[holds]
    purposes = [said.purpose(code) for code in one.purposes]
    return {"one": one, "purposes": purposes, "holds": holds.label, "tone": tone, "icon": icon}
