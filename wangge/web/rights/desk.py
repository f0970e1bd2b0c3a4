"""The desk's list of requests and the card of one."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.access.pages import Request, needs
from wangge.catalogue import queries as catalogue
from wangge.catalogue.words import Term
from wangge.people.models import RightsRequest
from wangge.people.models.rights_words import STATED, Right
from wangge.people.queries import rights as read
from wangge.people.queries.homes import my_grids
from wangge.people.rules import may_answer_request, may_see_residents
from wangge.web.rights.faces import badge, clock, ground
from wangge.web.rights.forms import ToldForm


@needs(may_see_residents)
@require_safe
def listed(request: Request) -> HttpResponse:
    """What people have asked, what is due first comes first."""
    wanted = _wanted(request)
    rows, last = read.listed(wanted, request.now)
    grids = list(my_grids(request.actor))
    context = {
        "rows": [_row(row, request.now) for row in rows], "shown": len(rows), "kind": _kind(),
        "more_url": _address(wanted, after=last) if last else "", "filters": _filters(wanted),
        "kinds": _kinds(wanted), "grids": _grids(wanted, grids) if len(grids) > 1 else [],
    }  # fmt: skip
    return _unkept(render(request, "rights/list.html", context))


def _row(row: read.Row, now: datetime) -> dict[str, Any]:
    return {"request": row.request, "name": row.name, "badge": badge(row.request), "face": clock(row.request, now)}


def _kind() -> Any:
    return catalogue.limit(Term.RIGHTS_ANSWER).kind


def _wanted(request: Request) -> read.Wanted:
    given = request.GET
    which, kind = given.get("which", "open"), given.get("kind", "")
    numbers = {name: int(text) for name in ("area", "after") if (text := given.get(name, "")).isdecimal()}
    numbers = {name: number for name, number in numbers.items() if number < 1 << 31}
    return read.Wanted(
        which if which in (*read.WHICH, "all") else "open", kind if kind in Right.values else "",
        numbers.get("area"), numbers.get("after"),
    )  # fmt: skip


def _address(wanted: read.Wanted, **changed: Any) -> str:
    given = {"which": wanted.which, "kind": wanted.kind, "area": wanted.area} | changed
    return f"{reverse('rights')}?{urlencode({name: value for name, value in given.items() if value})}"


def _filters(wanted: read.Wanted) -> list[dict[str, Any]]:
    labels = {
        "open": _("To answer"), "over": _("Overdue"), "answered": _("To tell"), "done": _("Done"), "all": _("All"),
    }  # fmt: skip
    return [
        {"url": _address(wanted, which=which), "label": label, "is_active": wanted.which == which}
        for which, label in labels.items()
    ]


def _kinds(wanted: read.Wanted) -> list[dict[str, Any]]:
    every = [("", _("Every kind")), *((right.value, right.label) for right in Right)]
    return [
        {"url": _address(wanted, kind=kind), "label": label, "is_active": wanted.kind == kind} for kind, label in every
    ]


def _grids(wanted: read.Wanted, grids: list[Any]) -> list[dict[str, Any]]:
    every = [(None, _("Every grid")), *((grid.pk, grid.name) for grid in grids)]
    return [
        {"url": _address(wanted, area=area), "label": name, "is_active": wanted.area == area} for area, name in every
    ]


@needs(may_see_residents)
@require_safe
def card(request: Request, pk: int) -> HttpResponse:
    """One request: what was asked, until when, what may be done now."""
    held = request_of(pk)
    context = about(request, held) | {
        "told_form": ToldForm(), "texts": read.texts(held), "verbs": held.verbs,
        "may_answer": may_answer_request(request.actor, held) is None,
        "may_state": held.kind in STATED and held.state in ("checked", "granted", "partly", "refused"),
        "ground": ground(held),
    }  # fmt: skip
    return _unkept(render(request, "rights/card.html", context))


def request_of(pk: int) -> RightsRequest:
    """A request of one's own area; 404 alike for another's and for none."""
    held = read.seen(pk)
    if held is None:
        raise Http404
    return held


def about(request: Request, held: RightsRequest) -> dict[str, Any]:
    """What every page of a request shows of it."""
    (row,) = read.rows([held])
    return {
        "held": held, "name": row.name, "resident": held.person, "badge": badge(held),
        "face": clock(held, request.now), "kind": _kind(),
    }  # fmt: skip


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
