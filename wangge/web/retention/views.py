"""Pages of retention: the rules with what is next, runs with their counts, certificates to print and to check."""

from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.catalogue import queries as catalogue
from wangge.people.actions.retaining import ask_run
from wangge.people.models import RetentionCertificate, RetentionCount, RetentionRun
from wangge.people.queries import retention as read
from wangge.people.queries.proof import faults_of
from wangge.people.rules import may_prove_retention, may_run_retention, may_see_retention
from wangge.places.models import Area
from wangge.web.retention.showing import by_category, label_of, rule_in_words
from wangge.web.templatetags.wg import language

PAGE, FEW = 50, 5
LOOKS = {
    "asked": ("waiting", "clock"), "at_work": ("work", "progress"), "done": ("good", "circle-check"),
    "certified": ("good", "file-check"),
}  # fmt: skip


@needs(may_see_retention)
@require_safe
def overview(request: Request) -> HttpResponse:
    """Rules, next run, the last runs, what is held back."""
    today = localdate(request.now)
    stays = read.held_categories(today)
    runs = read.page_of_runs(None, FEW)[:FEW]
    return render(request, "retention/overview.html", {
        "rules": [rule_in_words(held, stays) for held in catalogue.retention()], "faults": read.faults(),
        "next_run": read.next_run(request.now), "runs": with_rows(runs), "held": read.in_force(today).count(),
        "may_run": may_run_retention(request.actor) is None,
    })  # fmt: skip


@needs(may_run_retention)
@require_POST
def ask(request: Request) -> HttpResponse:
    """Ask for a run, dry or not; the worker takes it up within a minute."""
    try:
        run = ask_run(dry=request.POST.get("dry") == "1", by=request.actor, now=request.now)
    except Refused as refused:
        messages.error(request, refused.reason)
        return redirect("retention")
    messages.success(request, _("It begins within a minute."))
    return redirect("retention-run", run.pk)


@needs(may_see_retention)
@require_safe
def runs(request: Request) -> HttpResponse:
    """All runs, the newest first."""
    kind = request.GET.get("kind", "")
    dry = {"dry": True, "real": False}.get(kind)
    found = read.page_of_runs(_before(request), PAGE, dry=dry)
    page, more = found[:PAGE], found[PAGE:]
    return render(request, "retention/runs.html", {
        "runs": with_rows(page), "kind": kind, "shown": len(page),
        "more_url": _more("retention-runs", page[-1].pk, kind=kind) if more else "",
    })  # fmt: skip


@needs(may_see_retention)
@require_safe
def run(request: Request, pk: int) -> HttpResponse:
    """One run: counts by category, then by area."""
    held = get_object_or_404(RetentionRun.objects.select_related("asked_by", "certificate"), pk=pk)
    counts = list(RetentionCount.objects.filter(run=held))
    after = _before(request) or 0
    lines = RetentionCount.objects.filter(run=held, pk__gt=after).select_related("area").order_by("pk")
    found = list(lines[: PAGE + 1])
    page, more = found[:PAGE], found[PAGE:]
    tone, icon = LOOKS[held.state]
    return render(request, "retention/run.html", {
        "run": held, "tone": tone, "icon": icon, "counted": by_category(counts),
        "all_rows": sum(one.rows for one in counts),
        "lines": [(one, label_of(one.category)) for one in page], "shown": len(page),
        "certificate": getattr(held, "certificate", None), "may_run": may_run_retention(request.actor) is None,
        "more_url": _more("retention-run", page[-1].pk, pk=pk) if more else "",
    })  # fmt: skip


@needs(may_see_retention)
@require_safe
def certificates(request: Request) -> HttpResponse:
    """All certificates, the newest first."""
    found = read.page_of_certificates(_before(request), PAGE)
    page, more = found[:PAGE], found[PAGE:]
    return render(request, "retention/certificates.html", {
        "certificates": page, "shown": len(page),
        "more_url": _more("retention-certificates", page[-1].pk) if more else "",
    })  # fmt: skip


@needs(may_see_retention)
@require_safe
def certificate(request: Request, number: str) -> HttpResponse:
    """One certificate as a sheet of paper."""
    return _sheet(request, number, None)


@needs(may_prove_retention)
@require_POST
def check(request: Request, number: str) -> HttpResponse:
    """Recompute a certificate from the book."""
    return _sheet(request, number, faults_of(_certificate(number)))


def _certificate(number: str) -> RetentionCertificate:
    return get_object_or_404(RetentionCertificate.objects.select_related("run__asked_by"), number=number)


def _sheet(request: Request, number: str, faults: tuple[str, ...] | None) -> HttpResponse:
    held = _certificate(number)
    places = dict(Area.objects.filter(pk__in={line[2] for line in held.lines if line[2]}).values_list("pk", "name"))
    lines = []
    for _category, version, area, rows in held.lines:
        rule = catalogue.retention_of(version)
        label = rule.entry.label.text(language())
        lines.append((label, rule.number, rule.entry.days, places.get(area, area) if area else "", rows))
    return render(request, "retention/certificate.html", {
        "certificate": held, "lines": lines, "back_url": reverse("retention-run", args=[held.run_id]),
        "faults": faults, "may_check": may_prove_retention(request.actor) is None, "now": request.now,
        "went_along": sum(held.along.values()),
    })  # fmt: skip


def with_rows(page: list[RetentionRun]) -> list[tuple[Any, ...]]:
    """Each run with how many rows it counted or removed, and how its state looks."""
    found = RetentionCount.objects.filter(run__in=page).values_list("run").annotate(Sum("rows")).order_by()
    rows = dict(found)
    return [(one, rows.get(one.pk, 0), *LOOKS[one.state]) for one in page]


def _before(request: Request) -> int | None:
    given = request.GET.get("after", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


def _more(name: str, last: int, pk: int | None = None, **kept: str) -> str:
    asked = {key: value for key, value in kept.items() if value} | {"after": last}
    return f"{reverse(name, args=[pk] if pk else [])}?{urlencode(asked)}"
