"""The privacy dashboard: how often for what, what has no assessment, what stands out, how old the data is."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from wangge.access.pages import Request, needs
from wangge.core.looking import Sign
from wangge.core.periods import DAY
from wangge.people.queries import assessed, watching
from wangge.people.queries.alarms import unanswered
from wangge.people.queries.watching import PERIODS
from wangge.people.rules import may_watch
from wangge.places.models import Area
from wangge.web.privacy.unusual import standing_out_on
from wangge.web.privacy.words import SIGNS, ways, words

ALARMS = 20


@dataclass(frozen=True)
class Line:
    """One code with its counts, and the looks behind it."""

    label: str
    counts: tuple[int, ...]
    url: str


@needs(may_watch)
@require_safe
def privacy(request: Request) -> HttpResponse:
    """Counts, and what needs somebody."""
    today = localdate(request.now)
    counted, said = watching.counted(request.now), words()
    since = (today - (PERIODS[-1] - 1) * DAY).isoformat()

    def lines(name: str, counts: dict[str, tuple[int, ...]], label: dict[str, str]) -> list[Line]:
        return [
            Line(label.get(code, code), held, f"{reverse('looks')}?{urlencode({'since': since, name: code})}")
            for code, held in counts.items()
        ]

    without = assessed.unassessed(today)
    return render(request, "privacy/privacy.html", {
        "ways": ways(request, "privacy"), "periods": PERIODS, "counted": counted,
        "groups": (
            ("purposes", lines("purpose", counted.purposes, said.purposes)),
            ("fields", lines("field", counted.fields, said.fields)),
            ("roles", lines("role", counted.roles, said.roles)),
        ),
        "untasked_url": f"{reverse('looks')}?{urlencode({'since': since, 'without_task': 'on'})}",
        "unassessed": [(said.purpose(one.code), one.is_sensitive) for one in without],
        "overdue": assessed.overdue(today), "unusual": len(standing_out_on(today)), "today": today,
        "alarms": _alarms(),
    })  # fmt: skip


def _alarms() -> list[dict[str, Any]]:
    """Alarms nobody has answered, the newest first; none for who may not read them."""
    said = words()
    return [
        {"alarm": one, "role": said.role(one.role) if one.role else "", "sign": SIGNS[Sign(one.sign)]}
        for one in unanswered().order_by("-pk")[:ALARMS]
    ]


@needs(may_watch)
@require_safe
def ages(request: Request) -> HttpResponse:
    """How long ago what is known of the homes of each community was confirmed."""
    found = watching.ages(localdate(request.now))
    names = dict(Area.objects.filter(pk__in=[age.community for age in found]).values_list("pk", "name"))
    rows = [(names.get(age.community, str(age.community)), age) for age in found]
    whole = watching.Age(0, *(sum(getattr(age, name) for age in found) for name in ("homes", "fresh", "ageing", "old")))
    return render(request, "privacy/ages.html", {"ways": ways(request, "privacy-ages"), "rows": rows, "whole": whole})
