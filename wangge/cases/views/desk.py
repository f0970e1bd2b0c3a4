"""The work lists."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.cases.forms.filters import FilterForm, active, address, cursor_of, text_of
from wangge.cases.models import Case
from wangge.cases.queries import case as read
from wangge.cases.queries import desk as lists
from wangge.cases.rules import may_register, may_see_desk
from wangge.cases.views.pane import SOURCE_ICONS, whole
from wangge.cases.words import DESKS, VERBS, Source
from wangge.catalogue import queries as catalogue
from wangge.exchange.queries.exports import way_out
from wangge.teams.rules import anybody_signed_in

IN_BULK: dict[str, tuple[str, ...]] = {
    "intake": ("accept", "verify_first", "not_accept"),
    "dispatch": ("dispatch",),
}
SHOWN = 60  # characters of a report in its row
ELSEWHERE = (("my-day", ("grid_worker", "secretary")), ("book", ("auditor",)))


@needs(anybody_signed_in)
@require_safe
def first(request: Request) -> HttpResponse:
    """To where this person's work begins."""
    for name, roles in ELSEWHERE:
        if request.actor.has(*roles):
            return redirect(name)
    desks = lists.desks_of(request.actor)
    return redirect("worklist", desks[0]) if desks else redirect("me")


@needs(may_see_desk)
@require_safe
def worklist(request: Request, desk: str) -> HttpResponse:
    """A list with its filters, a page at a time, and the chosen case beside it."""
    if desk not in DESKS:
        raise Http404(desk)
    if not request.actor.has(*DESKS[desk][2]):
        raise Refused(_("Your posts do not cover this."))
    form = FilterForm(request.GET, desk=desk, actor=request.actor)
    wanted, known = form.wanted, catalogue.categories()
    after = cursor_of(request.GET.get("after", ""))
    page = lists.page(lists.of_desk(desk, request.actor), wanted, request.now, known, after=after)
    tally = lists.tally(request.actor, request.now, desk)
    figures, request.waiting = tally.figures, tally.waiting
    here = _here(request)
    chosen = read.whole(request.GET.get("case", "")[:20].replace("\0", "")) if "case" in request.GET else None
    context = {
        "desk": desk, "title": DESKS[desk][0], "form": form, "figures": figures, "here": here,
        "rows": rows_of(page.rows, here, request.GET.get("case", "")),
        "more_url": address(request.GET, after=text_of(page.more)) if page.more else "",
        "filters": chips(request, form, figures, desk), "active": active(form, request.GET),
        "bulk": [_bulk(verb) for verb in IN_BULK.get(desk, ()) if request.actor.has(*VERBS[verb].roles)],
        "query": wanted.search, "may_register": may_register(request.actor) is None,
        "export_url": way_out(request.actor, "cases", form.data),
    }  # fmt: skip
    if chosen is not None:
        context |= whole(request, chosen, back=_next_of(page.rows, chosen, here))
    return render(request, "cases/worklist.html", context)


def _here(request: Request) -> str:
    """The list's own address, filters and order included: what "back" means."""
    query = address(request.GET)
    return request.path + (query if query != "." else "")


def _with(here: str, number: str) -> str:
    return f"{here}{'&' if '?' in here else '?'}{urlencode({'case': number})}"


def _next_of(rows: list[lists.Row], chosen: Case, here: str) -> str:
    """Where to go on after the chosen case: the list with the next row opened."""
    numbers = [row.case.number for row in rows]
    at = numbers.index(chosen.number) if chosen.number in numbers else len(numbers)
    return _with(here, numbers[at + 1]) if at + 1 < len(numbers) else here


def rows_of(rows: list[lists.Row], here: str, chosen: str) -> list[dict[str, Any]]:
    """Rows as the template takes them: with the pane's address, which knows the row that follows."""
    made, sources = [], dict(Source.choices)
    for at, row in enumerate(rows):
        back = _with(here, rows[at + 1].case.number) if at + 1 < len(rows) else here
        url = reverse("case", args=[row.case.number])
        made.append({
            "row": row, "case": row.case, "url": _with(here, row.case.number), "page_url": url,
            "detail": f"{url}?{urlencode({'next': back})}", "source_icon": SOURCE_ICONS[row.case.source],
            "text": Truncator(row.case.text).chars(SHOWN) if len(row.case.text) > SHOWN else row.case.text,
            "source": sources[row.case.source], "is_chosen": row.case.number == chosen,
        })  # fmt: skip
    return made


def chips(request: Request, form: FilterForm, figures: lists.Figures, desk: str) -> list[dict[str, Any]]:
    """The filters one needs most, each with its count; danger first."""
    given = form.given
    over, near = given.get("due") == "over", given.get("due") == "near"
    return [
        {"label": _("All"), "count": figures.total if DESKS[desk][1] else None, "code": desk,
         "url": ".", "is_active": not given},
        {"label": _("Danger first"), "icon": "urgent", "count": figures.danger, "is_active": "danger" in given,
         "url": address(request.GET, danger="" if "danger" in given else "1")},
        {"label": _("Nearly due"), "icon": "alert-triangle", "count": figures.near, "is_active": near,
         "url": address(request.GET, due="" if near else "near")},
        {"label": _("Overdue"), "icon": "alarm", "count": figures.over, "is_active": over,
         "url": address(request.GET, due="" if over else "over")},
    ]  # fmt: skip


def _bulk(verb: str) -> dict[str, str]:
    label = _("Accept each as proposed") if verb == "accept" else str(VERBS[verb].label)
    return {"name": "verb", "value": verb, "label": label, "key": VERBS[verb].key.removeprefix("Key")}
