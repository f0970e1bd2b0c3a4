"""Looking for a person: first why, then whom. What was typed is kept nowhere and stands in no address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.people.actions.seeking import seek_person
from wangge.people.queries.homes import my_grids
from wangge.people.queries.masked import masked
from wangge.people.rules import may_see_residents
from wangge.people.words import Kept
from wangge.web.homes.forms import FindForm, purposes


@needs(may_see_residents)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Request) -> HttpResponse:
    """Find by telephone, document or whole name within one's own area."""
    today = localdate(request.now)
    choices = purposes(Kept.NAME.value, request.actor, today)
    form = FindForm(request.POST if request.method == "POST" else None, choices=choices)
    rows, is_asked = [], False
    if form.is_valid():
        communities = {grid.parent_id for grid in my_grids(request.actor) if grid.parent_id}
        given = form.cleaned_data | {"communities": communities, "today": today}
        try:
            found = seek_person(**given, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            shown = masked(found.persons)
            rows = [(one, shown[one.pk].get(Kept.NAME, ""), shown[one.pk].get(Kept.PHONE, "")) for one in found.persons]
            is_asked = True
    context = {"form": form, "rows": rows, "is_asked": is_asked}
    response = render(request, "homes/find.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
