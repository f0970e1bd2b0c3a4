"""The firm's side: today's sheet of each compound, a line by page, "nothing new today", the sheet as a file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.core.daily_sheet import COLUMNS, Fault, columns_of, read
from wangge.core.sheets import Unreadable
from wangge.exchange import downloads, small
from wangge.exchange.queries.lists import said_trouble
from wangge.exchange.queries.uncollected import said as uncollected
from wangge.exchange.sieving import sieve
from wangge.people import actions
from wangge.people.models import Managing, Sheet, SheetLine
from wangge.people.queries import sheets as queries
from wangge.people.queries.firms import buildings_of
from wangge.people.rules import may_report
from wangge.people.sheet_words import LINE_LOOKS, LineState
from wangge.web.sheets.forms import FileForm, LineForm
from wangge.web.sheets.saying import said, sentence

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
page_or_form = require_http_methods(["GET", "HEAD", "POST"])


@needs(may_report)
@require_safe
def sheets(request: Request) -> HttpResponse:
    """The compounds of one's firms with today's sheet of each, and how many lines have come back."""
    today = localdate(request.now)
    return render(request, "sheets/sheets.html", {
        "rows": queries.todays(today), "today": today, "back": queries.count_for_firm(),
    })  # fmt: skip


@needs(may_report)
@page_or_form
def day(request: Request, pk: int) -> HttpResponse:
    """Today's sheet of one compound: its lines, and one more door."""
    held, today = managed(request, pk), localdate(request.now)
    form = LineForm(request.POST if request.method == "POST" else None, buildings=buildings_of(held.compound_id))
    if form.is_valid() and _added(request, held, form):
        messages.success(request, _("It stands on today's sheet."))
        return redirect("sheet-day", pk)
    sheet = _sheet(held, today)
    lines = queries.lines_of(sheet)
    context = {"held": held, "form": form, "sheet": sheet, "lines": [(one, *LINE_LOOKS[one.state]) for one in lines],
               "today": today}  # fmt: skip
    return _page(request, "sheets/day.html", context, status=422 if form.errors else 200)


def _added(request: Request, held: Managing, form: LineForm) -> bool:
    given = form.given()
    lines, faults = read([(1, given)], queries.known_doors(held.compound_id), given)
    for fault in faults:
        form.add_error(fault.field if fault.field in form.fields else None, sentence(fault))
    if faults:
        return False
    try:
        actions.add_line(held, line=lines[0], by=request.actor, now=request.now)
    except Refused as refused:
        form.add_error(None, refused.reason)
        return False
    return True


@needs(may_report)
@require_POST
def nothing(request: Request, pk: int) -> HttpResponse:
    """Nothing new today: one press."""
    held = managed(request, pk)
    standing = SheetLine.objects.exclude(state=LineState.WITHDRAWN)
    if standing.filter(sheet=_sheet(held, localdate(request.now)), sheet__isnull=False).exists():
        raise Refused(_("Doors stand on today's sheet already. Withdraw them first if they are wrong."))
    actions.hand_in(held, lines=(), by=request.actor, now=request.now)
    messages.success(request, _("Reported: nothing new today."))
    return redirect("sheets")


@needs(may_report)
@page_or_form
def file(request: Request, pk: int) -> HttpResponse:
    """The whole sheet of today as a file: all of it, or none with every fault by row and column."""
    held = managed(request, pk)
    form = FileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"held": held, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            context |= _handed_in(request, held, form.cleaned_data["file"].read(small.MOST_BYTES + 1))
        except Unreadable as bad:
            form.add_error("file", said_trouble(bad.rule, str(bad).partition(": ")[2]))
        except Refused as refused:
            form.add_error(None, refused.reason)
    wrong = bool(form.errors or context.get("faults"))
    return _page(request, "sheets/file.html", context, status=422 if wrong else 200)


def _handed_in(request: Request, held: Managing, data: bytes) -> dict[str, Any]:
    names, rows = small.below_header(small.rows_in(data))
    rows, dropped, cells = small.without_uncollected(names, rows, sieve())
    at = columns_of(names)
    given = (
        (row.number, {field: row.cells[n] if n < len(row.cells) else "" for field, n in at.items()}) for row in rows
    )
    lines, faults = read(given, queries.known_doors(held.compound_id), at)
    faults += tuple(Fault(row.number, "", "columns_more") for row in rows if any(row.cells[len(names) :]))
    left = {
        "dropped": [(title, *uncollected(code)[:2]) for title, code in dropped],
        "emptied": [(row, title, uncollected(code)[0]) for row, title, code in cells],
    }
    if faults:
        return {"faults": said(faults), **left}
    sheet = actions.hand_in(held, lines=lines, by=request.actor, now=request.now)
    fresh = SheetLine.objects.filter(sheet=sheet, state=LineState.WAITING).count()
    return {"handed_in": True, "fresh": fresh, "left_out": len(lines) - fresh, **left}


@needs(may_report)
@require_safe
def blank(request: Request, pk: int, form: str) -> HttpResponse:
    """An empty sheet with two invented rows, as a workbook or as text."""
    held = managed(request, pk)
    header = [one.code if get_language() == "en" else one.names[0] for one in COLUMNS]
    house = next(iter(buildings_of(held.compound_id).values()), "1幢")
    rows = [header, ["新入住", house, "1", "502", "2", "租住", "否", "", ""], ["空置", house, "1", "601", *[""] * 5]]
    if form == "workbook":
        response = HttpResponse(downloads.as_xlsx(rows, "sheet"), content_type=XLSX)
    elif form == "text":
        response = HttpResponse("".join(downloads.as_csv(rows)), content_type="text/csv; charset=utf-8")
    else:
        raise Http404
    response.headers["Content-Disposition"] = f'attachment; filename="sheet.{"xlsx" if form == "workbook" else "csv"}"'
    return response


def managed(request: Request, pk: int) -> Managing:
    """A compound that one's own firm looks after today; 404 alike for another firm's and for none."""
    return get_object_or_404(queries.managed_by_me(localdate(request.now)), pk=pk)


def _sheet(held: Managing, today: Any) -> Sheet | None:
    return Sheet.objects.filter(firm=held.firm_id, compound=held.compound_id, day=today).first()


def _page(request: Request, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
