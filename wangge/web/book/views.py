"""The book as the auditor reads it: codes and numbers, by verb, actor, subject, area and day; no personal data."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from wangge.access.pages import Request, needs
from wangge.core.clock_face import day_and_time
from wangge.ledger.models import Entry, Seal
from wangge.ledger.seals import Verdict, read_anchors, verify
from wangge.teams.rules import may_read_book
from wangge.web.templatetags.wg import language

PAGE = 100
CODE = RegexValidator(r"\A[\w.:/-]*\Z")


class Wanted(forms.Form):
    """What to look for; each is optional."""

    verb = forms.CharField(label=gettext_lazy("What was done"), max_length=64, required=False, validators=[CODE])
    actor = forms.IntegerField(label=gettext_lazy("Account number"), required=False, min_value=1, max_value=2**31 - 1)
    subject = forms.CharField(label=gettext_lazy("About what"), max_length=80, required=False, validators=[CODE])
    area = forms.IntegerField(label=gettext_lazy("Area number"), required=False, min_value=1, max_value=2**31 - 1)
    day = forms.DateField(label=gettext_lazy("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


FIELDS = {"verb": "verb__startswith", "actor": "actor_id", "subject": "subject", "area": "area_id", "before": "id__lt"}


def entries(given: dict[str, Any]) -> list[Entry]:
    """One page of entries, the newest first, and one more to know whether there is another."""
    found = Entry.objects.order_by("-id")
    found = found.filter(**{lookup: given[name] for name, lookup in FIELDS.items() if given.get(name)})
    if day := given.get("day"):
        start = timezone.make_aware(datetime.combine(day, time.min))
        found = found.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return list(found[: PAGE + 1])


def sentence(verdict: Verdict) -> str:
    """What verifying found, in one sentence."""
    first = Entry.objects.order_by("id").values_list("at", flat=True).first()
    if not verdict.whole:
        text = ngettext(
            "%(n)d fault in the book: %(which)s", "%(n)d faults in the book: %(which)s", len(verdict.faults)
        )
        return text % {"n": len(verdict.faults), "which": "; ".join(verdict.faults[:5])}
    if first is None:
        return _("The book is empty.")
    since = day_and_time(timezone.localtime(first), timezone.localtime(first), language())
    whole = _("The book is whole since %(since)s: %(entries)d entries under %(seals)d seals, %(open)d not sealed yet.")
    return whole % {
        "since": since, "entries": verdict.entries, "seals": verdict.seals, "open": verdict.unsealed,
    }  # fmt: skip


def checked() -> Verdict:
    """Recompute the seals and compare them with those that left the machine."""
    return verify(read_anchors(settings.WANGGE.home / "anchors" / "anchors.jsonl"))


@needs(may_read_book)
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: Request) -> HttpResponse:
    """The list; by POST the whole book is verified first."""
    form = Wanted(request.GET)
    rows = entries(form.cleaned_data) if form.is_valid() else []
    kept: dict[str, Any] = {name: request.GET[name] for name in form.fields if name in request.GET}
    more = urlencode(kept | {"before": rows[PAGE - 1].pk}) if len(rows) > PAGE else ""
    verdict = checked() if request.method == "POST" else None
    return render(request, "book/book.html", {
        "form": form, "rows": rows[:PAGE], "shown": len(rows[:PAGE]), "more_url": f"?{more}" if more else "",
        "verdict": verdict, "sentence": sentence(verdict) if verdict else "",
        "sealed": Seal.objects.order_by("-id").first(), "now": request.now,
    })  # fmt: skip
