"""What stands out in the looks of a day, and what came of asking about it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import get_default_timezone, localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.core.periods import DAY, begin_of
from wangge.people.actions.opening import MINE
from wangge.people.actions.watching import review_looks
from wangge.people.queries import assessed, watching
from wangge.people.queries.looks import Wanted
from wangge.people.queries.looks import looks as read_looks
from wangge.people.queries.watching import StandsOut
from wangge.people.rules import may_assess, may_watch
from wangge.people.words import Outcome
from wangge.web.privacy.forms import YEARS, ReviewLooksForm
from wangge.web.privacy.looks import rows_of
from wangge.web.privacy.words import SIGNS, ways, words

SHOWN = 50


@needs(may_watch)
@require_safe
def unusual(request: Request) -> HttpResponse:
    """The accounts whose looks on a day are a question, and the answers so far."""
    today = localdate(request.now)
    day = min(_day(request.GET.get("day", "")) or today, today)
    found, said = standing_out_on(day), words()
    rows = [{"one": one, "role": said.role(one.role), "signs": [SIGNS[sign] for sign in one.signs]} for one in found]
    return render(request, "privacy/unusual.html", {
        "ways": ways(request, "looks-unusual"), "rows": rows, "day": day, "today": today,
        "before": day - DAY, "after": day + DAY if day < today else None,
        "may_review": may_assess(request.actor) is None, "bounds": watching.BOUNDS,
    })  # fmt: skip


@needs(may_watch)
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: Request, account: int, day: str) -> HttpResponse:
    """One account on one day: its looks, what was found before, and the form of who asks."""
    on = _day(day)
    if on is None:
        raise Http404
    one = next((each for each in standing_out_on(on) if each.account == account), None)
    if one is None:
        raise Http404
    form = ReviewLooksForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _written(request, form, one, on):
        messages.success(request, _("Written down."))
        return redirect(f"{reverse('looks-unusual')}?day={on.isoformat()}")
    said, texts = words(), assessed.said_of(one.reviews)
    begin = begin_of(on, get_default_timezone())
    found = read_looks(Wanted(begin, begin + DAY, account=account), size=SHOWN)
    context: dict[str, Any] = {
        "one": one, "day": on, "role": said.role(one.role), "signs": [SIGNS[sign] for sign in one.signs], "form": form,
        "rows": rows_of(found[:SHOWN], said), "is_cut": len(found) > SHOWN,
        "reviews": [(review, Outcome(review.outcome).label, texts[review.pk]) for review in one.reviews],
        "may_review": may_assess(request.actor) is None,
    }  # fmt: skip
    response = render(request, "privacy/asked.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def standing_out_on(day: date) -> list[StandsOut]:
    """What stands out on a local day."""
    return watching.standing_out(day, begin_of(day, get_default_timezone()), budget=MINE.most)


def _written(request: Request, form: ReviewLooksForm, one: StandsOut, day: date) -> bool:
    given = form.cleaned_data
    try:
        review_looks(
            account=one.account, day=day, signs=one.signs, outcome=Outcome(given["outcome"]), text=given["text"],
            by=request.actor, now=request.now,
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, refused.reason)
        return False
    return True


def _day(text: str) -> date | None:
    try:
        day = parse_date(text[:10])
    except ValueError:
        return None
    return day if day and day.year in YEARS else None
