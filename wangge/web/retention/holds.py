"""Holds: what stays longer than its rule says, why, until when."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.catalogue import queries as catalogue
from wangge.catalogue.lawful_words import quoted
from wangge.catalogue.purposes import laws
from wangge.people.actions import holding
from wangge.people.models import RetentionHold
from wangge.people.queries import retention as read
from wangge.people.rules import may_run_retention, may_see_retention
from wangge.people.words import HoldGround
from wangge.web.retention.showing import label_of
from wangge.web.retention.views import PAGE, _before, _more
from wangge.web.templatetags.wg import language


class HoldForm(forms.Form):
    """What stays, until when, why, by which law; the file's number says where the reason is written down."""

    category = forms.ChoiceField(label=gettext_lazy("What stays"), required=False)
    person_id = forms.IntegerField(
        label=gettext_lazy("or the number of one person"), required=False, min_value=1, max_value=2**62
    )
    ground = forms.ChoiceField(label=gettext_lazy("Why"), choices=HoldGround.choices)
    law = forms.ChoiceField(label=gettext_lazy("By which law"))
    article = forms.CharField(
        label=gettext_lazy("Article"), required=False, max_length=10, help_text=gettext_lazy("such as 47, or 13.3")
    )
    reference = forms.CharField(
        label=gettext_lazy("Number of the file"), max_length=40, help_text=gettext_lazy("no name and no story")
    )
    until = forms.DateField(label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, on: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speaks = language()
        rules = [(held.code, held.entry.label.text(speaks)) for held in catalogue.retention()]
        ordered = sorted(catalogue.laws().values(), key=lambda held: (held.entry.order, held.code))
        in_force = [(held.code, held.entry.label.text(speaks)) for held in ordered if held.entry.is_in_force(on)]
        self.fields["category"].choices = [("", "—"), *rules]  # type: ignore[attr-defined] # a field of choices
        self.fields["law"].choices = in_force  # type: ignore[attr-defined] # a field of choices

    def reason(self) -> holding.Reason:
        """The reason as the action takes it."""
        given = self.cleaned_data
        return holding.Reason(HoldGround(given["ground"]), given["law"], given["article"], given["reference"])


@needs(may_see_retention)
@require_http_methods(["GET", "HEAD", "POST"])
def holds(request: Request) -> HttpResponse:
    """All holds, the newest first, and a new one."""
    today = localdate(request.now)
    form = HoldForm(request.POST if request.method == "POST" else None, on=today)
    if form.is_valid():
        given = {"category": form.cleaned_data["category"], "person_id": form.cleaned_data["person_id"]}
        until = form.cleaned_data["until"]
        try:
            holding.hold(form.reason(), until=until, by=request.actor, now=request.now, **given)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("Held until its last day."))
            return redirect("retention-holds")
    found = read.page_of_holds(_before(request), PAGE)
    page, more = found[:PAGE], found[PAGE:]
    known, speaks = laws(), language()
    return render(request, "retention/holds.html", {
        "rows": [
            (one, label_of(one.category) if one.category else "", quoted(one.law, one.article, known, speaks),
             _is_in_force(one, today))
            for one in page
        ],
        "form": form, "may_hold": may_run_retention(request.actor) is None, "shown": len(page),
        "more_url": _more("retention-holds", page[-1].pk) if more else "",
    }, status=422 if form.errors else 200)  # fmt: skip


@needs(may_run_retention)
@require_POST
def release(request: Request, pk: int) -> HttpResponse:
    """End a hold before its day."""
    held = get_object_or_404(RetentionHold, pk=pk)
    try:
        holding.release(held, by=request.actor, now=request.now)
    except Refused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("The hold has ended."))
    return redirect("retention-holds")


def _is_in_force(held: RetentionHold, today: Any) -> bool:
    return held.ended_at is None and held.until >= today
