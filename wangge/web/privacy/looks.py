"""The audit of looks: who by post and account, whose grid, which field, for what, for which task; page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import get_default_timezone, localdate
from django.views.decorators.http import require_safe

from wangge.access.pages import Request, needs
from wangge.core.periods import DAY, begin_of
from wangge.exchange.rules import may_ask
from wangge.people.queries import looks as read
from wangge.people.queries.looks import Look, Place, Wanted
from wangge.people.rules import may_watch
from wangge.places.models import Area
from wangge.web.privacy.forms import LooksForm
from wangge.web.privacy.words import Words, ways, words

PAGE, ON_PAPER = 100, 1_000
USUAL = 7


@dataclass(frozen=True)
class Row:
    """One look in words."""

    look: Look
    role: str
    purpose: str
    field: str
    area: str
    number: str


@needs(may_watch)
@require_safe
def looks(request: Request) -> HttpResponse:
    """The list, of the last seven days unless days are given."""
    said = words()
    form = LooksForm(request.GET, words=said)
    found = (
        read.looks(_wanted(form, localdate(request.now)), before=_before(request), size=PAGE) if form.is_valid() else []
    )
    kept = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    last = found[PAGE - 1] if len(found) > PAGE else None
    more = urlencode(kept | {"before": f"{last.at.isoformat()}_{last.entry}"}) if last else ""
    return render(request, "privacy/looks.html", {
        "ways": ways(request, "looks"), "form": form, "rows": rows_of(found[:PAGE], said),
        "shown": len(found[:PAGE]), "more_url": f"?{more}" if more else "", "kept": urlencode(kept),
        "is_narrowed": bool(kept), "may_export": may_ask(request.actor, "looks") is None,
    }, status=422 if form.errors else 200)  # fmt: skip


@needs(may_watch)
@require_safe
def on_paper(request: Request) -> HttpResponse:
    """The same list on paper, as far as paper goes."""
    said, today = words(), localdate(request.now)
    form = LooksForm(request.GET, words=said)
    wanted = _wanted(form, today) if form.is_valid() else None
    found = read.looks(wanted, size=ON_PAPER) if wanted else []
    kept = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    return render(request, "privacy/looks_print.html", {
        "rows": rows_of(found[:ON_PAPER], said), "is_cut": len(found) > ON_PAPER, "most": ON_PAPER,
        "back_url": f"{reverse('looks')}?{urlencode(kept)}",
        "narrowed": [(form.fields[name].label, _in_words(form, name)) for name in kept], "wanted": wanted,
        "last_day": wanted.until - DAY if wanted else None, "account": request.actor.account_id,
    })  # fmt: skip


def rows_of(found: Sequence[Look], said: Words) -> list[Row]:
    """Looks in words, with the names and numbers of their grids, asked for once."""
    areas = {look.area_id for look in found if look.area_id}
    held = Area.objects.filter(pk__in=areas).values_list("pk", "name", "grid__number")
    names = {pk: (name, number or "") for pk, name, number in held} if areas else {}
    return [
        Row(
            look, said.role(look.role), said.purpose(look.purpose), said.field(look.field),
            *names.get(look.area_id or 0, ("", "")),
        )
        for look in found
    ]  # fmt: skip


def _in_words(form: LooksForm, name: str) -> str:
    field, given = form.fields[name], str(form.data[name])
    choices: dict[Any, Any] = dict(getattr(field, "choices", ()))
    return "✓" if name == "without_task" else str(choices.get(given, given))


def _wanted(form: LooksForm, today: date) -> Wanted:
    given: dict[str, Any] = form.cleaned_data
    until = given["until"] or today
    since = given["since"] or min(until, today) - (USUAL - 1) * DAY
    zone = get_default_timezone()
    return Wanted(
        begin_of(since, zone), begin_of(until + DAY, zone), given["purpose"], given["field"], given["role"],
        (given["grid"],) if given["grid"] else None, given["account"], given["without_task"],
    )  # fmt: skip


def _before(request: Request) -> Place | None:
    moment, _line, entry = request.GET.get("before", "")[:60].partition("_")
    try:
        at: datetime | None = parse_datetime(moment)
        return (at, int(entry)) if at and at.tzinfo and 0 < int(entry) < 2**63 else None
    except ValueError:
        return None
