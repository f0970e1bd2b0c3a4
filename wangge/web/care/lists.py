"""The register of one's area, and the counts of needs by grid for those who plan help."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.access.pages import Request, needs
from wangge.catalogue import queries as catalogue
from wangge.people.queries import care as read
from wangge.people.queries import carers
from wangge.people.queries.care import Cared, Wanted
from wangge.people.queries.homes import my_grids
from wangge.people.queries.masked import masked
from wangge.people.rules import KEEPERS, may_see_care_counts
from wangge.people.words import Kept
from wangge.web.care.forms import ListForm

PAGE = 50


@needs(may_see_care_counts)
@require_safe
def care(request: Request) -> HttpResponse:
    """The needs of one's area, those that end first at the top; who keeps no area is shown the counts."""
    if not request.actor.has(*KEEPERS):
        return redirect("care-counts")
    form, today = ListForm(request.GET), localdate(request.now)
    form.is_valid()  # what cannot be read is left out
    given = form.cleaned_data
    only = given.get("only") or ""
    wanted = Wanted(given.get("grid"), given.get("need") or "", only == "due", only == "alone", only == "urgent")
    found = read.register(request.actor, wanted, today=today, after=form.last(), size=PAGE)
    page, more = found[:PAGE], found[PAGE:]
    names, gone = (
        masked([one.row.person for one in page], [Kept.NAME]),
        carers.gone([one.row for one in page], request.now),
    )
    return _private(render(request, "care/register.html", {
        "rows": [
            (one, names[one.row.person_id].get(Kept.NAME, ""), one.is_due(today), one.is_left(gone)) for one in page
        ],
        "grids": [(grid.pk, grid.name) for grid in my_grids(request.actor)], "grid": wanted.grid, "need": wanted.code,
        "kinds": kinds(), "filters": _filters(wanted, only), "is_filtered": bool(wanted.grid or wanted.code or only),
        "only": only, "shown": len(page), "more_url": _more(wanted, only, page[-1]) if more else "",
    }))  # fmt: skip


@needs(may_see_care_counts)
@require_safe
def counts(request: Request) -> HttpResponse:
    """How many need what in each grid, as of last night; one to four are held back."""
    given = ListForm(request.GET)
    given.is_valid()
    found = read.counted_grids(given.cleaned_data.get("after") or 0, PAGE)
    page, columns = found[:PAGE], kinds()
    held = read.counts(area.pk for area in page)
    more = f"{reverse('care-counts')}?{urlencode({'after': page[-1].pk})}" if found[PAGE:] else ""
    return _private(render(request, "care/counts.html", {
        "kinds": [label for _code, label in columns], "counted_on": read.counted_on(), "more_url": more,
        "rows": [(area, [_cell(held[area.pk], code) for code, _label in columns]) for area in page],
        "shown": len(page), "keeps": request.actor.has(*KEEPERS),
    }))  # fmt: skip


def kinds() -> list[tuple[str, str]]:
    """The needs of the catalogue, in the reader's language."""
    return [(held.code, held.entry.label.text(get_language() or "")) for held in catalogue.needs()]


def _cell(held: dict[str, int | None], code: str) -> str:
    if code not in held:
        return ""
    return "1–4" if held[code] is None else str(held[code])


def _filters(wanted: Wanted, only: str) -> list[dict[str, object]]:
    choices = [("", _("All")), *ListForm.base_fields["only"].choices]  # type: ignore[attr-defined] # a choice field
    return [
        {"url": f"?{urlencode(_kept(wanted, code))}", "label": label, "is_active": code == only}
        for code, label in choices
    ]


def _kept(wanted: Wanted, only: str) -> dict[str, object]:
    given = {"grid": wanted.grid, "need": wanted.code, "only": only}
    return {key: value for key, value in given.items() if value}


def _more(wanted: Wanted, only: str, last: Cared) -> str:
    after = {"day": last.row.ends_on.isoformat(), "after": last.row.pk}
    return f"{reverse('care')}?{urlencode(_kept(wanted, only) | after)}"


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
