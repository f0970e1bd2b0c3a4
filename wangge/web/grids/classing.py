"""Classes of general grids: the list with staff held against need, one grid with its history, a class set by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.catalogue import queries as catalogue
from wangge.places.actions.classing import classify_grid
from wangge.places.models import Grid
from wangge.places.queries import classes
from wangge.places.rules import may_classify, may_see_changes
from wangge.web.grids.class_forms import ClassForm, shown
from wangge.web.grids.views import PAGE, more_url, roots


@needs(may_see_changes)
@require_safe
def classed(request: Request) -> HttpResponse:
    """General grids with class and staff; by class, by community, only those at which somebody is missing."""
    given = {key: request.GET.get(key, "").replace("\0", "").strip()[:40] for key in ("q", "care", "short", "after")}
    mine, now = roots(request.actor), request.now
    found = classes.general(mine, text=given["q"])
    if given["care"]:
        found = classes.of_class(found, given["care"])
    if given["short"]:
        found = found.filter(area_id__in=classes.short(mine, now))
    page = list(found.filter(number__gt=given["after"])[: PAGE + 1])
    choices = [(each.code, each.entry.label.text(get_language() or "")) for each in catalogue.cares()]
    return render(request, "grids/classes.html", {
        "rows": [shown(row) for row in classes.rows(page[:PAGE], now)], "text": given["q"], "short": given["short"],
        "care": given["care"], "cares": [*choices, (classes.NONE, _("without a class"))], "shown": len(page[:PAGE]),
        "more_url": more_url(request, page[PAGE - 1].number) if len(page) > PAGE else "",
    })  # fmt: skip


def grid_of(request: Request, pk: int) -> Grid:
    """A general grid in force inside one's areas; 404 elsewhere."""
    return get_object_or_404(classes.general(roots(request.actor)), pk=pk)


@needs(may_see_changes)
@require_http_methods(["GET", "HEAD", "POST"])
def classify(request: Request, pk: int) -> HttpResponse:
    """One grid: its class, what it wants, every class it had; set anew with a reason."""
    grid = grid_of(request, pk)
    (row,) = classes.rows([grid], request.now)
    why_not = may_classify(request.actor, grid) or ""
    first = {"care": row.held.care if row.held else None}
    form = ClassForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            classify_grid(grid, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, _("The class is set. The one before stands in the history."))
            return redirect("grid-class", pk)
    past = [{"row": one, "label": _worded(one)} for one in classes.history(pk)[:PAGE]]
    return render(request, "grids/class.html", {
        "grid": grid, "row": shown(row), "form": None if why_not else form, "why_not": why_not, "past": past,
    })  # fmt: skip


def _worded(one: Any) -> str:
    """A class of the past as it was called then."""
    care = catalogue.care_of(one.version_id).entry if one.version_id else None
    return care.label.text(get_language() or "") if care else _("without a class")
