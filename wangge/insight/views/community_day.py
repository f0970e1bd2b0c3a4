"""The secretary's day: on the screen and as a sheet to take along."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wangge.access.pages import Request, needs
from wangge.insight.queries.community_day import community_day
from wangge.insight.rules import may_see_community_day
from wangge.places.models import Area


def _day(request: Request) -> dict[str, Any]:
    areas = request.actor.areas_of(["secretary"])
    names = Area.objects.filter(pk__in=areas).order_by("sort_key").values_list("name", flat=True)
    return {"day": community_day(areas, request.now), "names": list(names), "own_area": min(areas)}


@needs(may_see_community_day)
@require_safe
def page(request: Request) -> HttpResponse:
    """What must I do now."""
    return render(request, "insight/community_day.html", _day(request))


@needs(may_see_community_day)
@require_safe
def sheet(request: Request) -> HttpResponse:
    """The same on A4."""
    return render(request, "insight/community_day_sheet.html", _day(request))
