"""What became of an import: the report on the screen, on paper and as a file; its rows; giving it back."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wangge.access.pages import Request, needs
from wangge.exchange import actions, downloads
from wangge.exchange.importer import importer
from wangge.exchange.models import Import, Row
from wangge.exchange.queries import lists
from wangge.exchange.queries.uncollected import not_collected
from wangge.exchange.rules import may_import
from wangge.exchange.tasks import go_on
from wangge.exchange.views.desk import held_of, said, shown
from wangge.exchange.words import AT_WORK, MOVES, Fate, Outcome, State

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 50_000


@needs(may_import)
@require_GET
def report(request: Request, pk: int) -> HttpResponse:
    """The sheet to keep: what was taken, what not, by which rule; what could not be given back."""
    held, _kind = held_of(request, pk)
    if held.state in AT_WORK:
        return redirect("import", pk=pk)
    outcomes = held.counts.get("outcomes", {})
    labels = dict(Outcome.choices)
    stayed = {code: n for code, n in held.counts.get("undone", {}).items() if code != "undone"}
    return render(request, "exchange/report.html", {
        **shown(held), "faults": lists.faults_said(held),
        "outcomes": [(labels.get(code, code), number) for code, number in sorted(outcomes.items())],
        "trouble": lists.said_trouble(held.trouble["rule"], held.trouble.get("detail", "")) if held.trouble else "",
        "hindered": [_hindered(change) for change in lists.hindered(held)[: lists.PAGE]],
        "kept_back": sum(stayed.values()), "stayed": [(number, _reason(code)) for code, number in stayed.items()],
        "never_read": held.head.get("never_read", []), "unread": lists.unread(held),
        "uncollected": not_collected(held),
        "may_undo": "undo" in MOVES.verbs(held.state), "is_undone": held.state == State.UNDONE,
    })  # fmt: skip


def _hindered(change: Any) -> dict[str, Any]:
    return {"number": change.number, "record": change.record, "reason": _reason(change.undone)}


def _reason(code: str) -> str:
    """Why a record stayed when its import was given back."""
    reasons = {
        "changed_since": _("Somebody has changed it since."),
        "gone": _("It is no longer there."),
        "in_use": _("Something else hangs on it by now."),
        "post_ended": _("The account was used or changed since: it stays, and its post has ended."),
    }
    return reasons.get(code, code)


@needs(may_import)
@require_GET
def rows(request: Request, pk: int) -> HttpResponse:
    """The rows of a file, by fate or by fault."""
    held, _kind = held_of(request, pk)
    asked = {name: request.GET.get(name, "")[:40] for name in ("fate", "rule", "field")}
    after = request.GET.get("after", "")
    found = lists.rows_of(
        held, fate=asked["fate"], rule=asked["rule"], field=asked["field"],
        after=int(after) if after.isdecimal() and len(after) < 9 else 0,
    )  # fmt: skip
    shown_rows, more = found[: lists.PAGE], found[lists.PAGE :]
    filters = [
        {"url": "?", "label": _("All rows"), "is_active": not asked["fate"] and not asked["rule"], "count": held.rows}
    ]
    filters += [
        {"url": f"?fate={fate}", "label": label, "is_active": asked["fate"] == fate and not asked["rule"],
         "count": held.counts.get(fate, 0)}
        for fate, label in Fate.choices
    ]  # fmt: skip
    filters += [
        {"url": f"?{urlencode({'rule': f.rule, 'field': f.field})}", "label": f"{f.label}: {f.said}", "count": f.rows,
         "is_active": (asked["rule"], asked["field"]) == (f.rule, f.field)}
        for f in lists.faults_said(held)[:12]
    ]  # fmt: skip
    return render(request, "exchange/rows.html", {
        **shown(held), "rows": shown_rows, "filters": filters, "shown": len(shown_rows),
        "more_url": f"?{urlencode({**asked, 'after': str(shown_rows[-1].number)})}" if more else "",
    })  # fmt: skip


@needs(may_import)
@require_GET
def report_csv(request: Request, pk: int) -> StreamingHttpResponse:
    """Every row that was not taken as it stood, with column and rule; no cell is a formula."""
    held, _kind = held_of(request, pk)
    response = StreamingHttpResponse(
        iter(list(downloads.as_csv(_report_rows(held)))), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="import-{pk}.csv"'
    return response


def _report_rows(held: Import) -> Iterator[list[str]]:
    kind = importer(held.kind)
    yield [_("Row"), _("What became of it"), _("Column"), _("What stands there"), _("Rule"), _("The row")]
    wanted = Row.objects.filter(of=held).exclude(outcome__in=(Outcome.TAKEN, Outcome.UNCHANGED)).order_by("number")
    for row in wanted[:MOST_ROWS]:
        line = lists.line(held, kind, row)
        for column, cell, rule in line.faults or (("", "", ""),):
            yield [str(line.number), line.outcome, column, cell, rule, line.shown]


@needs(may_import)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: Request, pk: int) -> HttpResponse:
    """Say what giving back means, and do it when it is confirmed."""
    held, _kind = held_of(request, pk)
    if "undo" not in MOVES.verbs(held.state):
        return redirect("import", pk=pk)
    if request.method == "POST":
        actions.undo(held, by=request.actor, now=request.now)
        go_on(request.actor, pk)
        return said(request, pk, _("The import is being given back."))
    return render(request, "exchange/undo.html", shown(held))


@needs(may_import)
@require_GET
def template(request: Request, kind: str, ending: str) -> HttpResponse:
    """An empty list of a kind with examples, in the language of the page."""
    try:
        held = importer(kind)
    except KeyError:
        return redirect("imports")
    found = downloads.rows_of(held, is_english=get_language() == "en")
    if ending == "xlsx":
        response = HttpResponse(downloads.as_xlsx(found, kind), content_type=XLSX)
    else:
        response = HttpResponse("".join(downloads.as_csv(found)), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{kind}.{ending}"'
    return response
