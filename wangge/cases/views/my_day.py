"""My day: what comes next, what is left, what I did; at 390 px first."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from wangge.access.pages import Request, needs
from wangge.cases.queries import my_day
from wangge.cases.rules import may_work_outside


def _today(now: datetime) -> str:
    return date_format(localtime(now), pgettext("date format", "l j F"))


def _from(left: list[my_day.Task], number: str) -> list[my_day.Task]:
    """The list beginning after the one somebody wants to put off; it comes last, nothing is dropped."""
    at = next((place for place, task in enumerate(left) if task.case.number == number), None)
    return left if at is None else left[at + 1 :] + left[: at + 1]


@needs(may_work_outside)
@require_GET
def page(request: Request) -> HttpResponse:
    """The page; works without scripts, which only keep it fresh."""
    left = _from(my_day.tasks(request.actor, request.now), request.GET.get("after", "")[:20])
    count, done = my_day.done_today(request.actor, request.now)
    return render(request, "cases/my_day.html", {
        "next": left[0] if left else None, "rest": left[1:], "left": len(left), "done_count": count, "done": done,
        "all": len(left) + count, "grids": my_day.my_grids(request.actor), "day": _today(request.now),
    })  # fmt: skip
