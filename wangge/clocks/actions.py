"""The one write of the calendars: take over the years of the definition files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wangge.access.action import action, by_the_system, note
from wangge.access.actor import Actor
from wangge.clocks.models import Day, Year
from wangge.clocks.queries import look_again

Body = Mapping[str, Any]


@dataclass(frozen=True)
class Loaded:
    """The years that changed; the ledger entry is about the calendars as a whole."""

    years: tuple[int, ...]
    ledger_subject: str = "calendars"
    ledger_area: int | None = None


@action("calendars.load", needs=by_the_system)
def load_calendars(bodies: Iterable[Body], *, by: Actor, now: datetime) -> Loaded:
    """Replace every year whose definition differs from what is kept; a second run changes nothing.

    A body is a validated calendar of the catalogue: code (the year), status, source and days, each with date, kind
    and label. Years not among the bodies stay. Limits already running keep the instant they were given.
    Source: the yearly notice of the State Council General Office (国务院办公厅关于部分节假日安排的通知).
    """
    changed = []
    for body in sorted(bodies, key=lambda body: str(body["code"])):
        year, days = _rows(body, now)
        if _plain(year, days) != _kept(year.year):
            year.save()
            Day.objects.filter(year=year).delete()
            Day.objects.bulk_create(days)
            changed.append(year.year)
    look_again()
    note(years=changed)
    return Loaded(tuple(changed))


def _rows(body: Body, now: datetime) -> tuple[Year, list[Day]]:
    source = body["source"]
    year = Year(
        year=int(body["code"]),
        status=body["status"],
        source_zh=source["zh-Hans"],
        source_en=source["en"],
        loaded_at=now,
    )
    days = [
        Day(
            date=date.fromisoformat(day["date"]),
            year=year,
            kind=day["kind"],
            name_zh=day["label"]["zh-Hans"],
            name_en=day["label"]["en"],
        )
        for day in body["days"]
    ]
    return year, days


def _plain(year: Year, days: Iterable[Day]) -> tuple[object, ...]:
    rows = sorted((day.date, day.kind, day.name_zh, day.name_en) for day in days)
    return year.status, year.source_zh, year.source_en, rows


def _kept(number: int) -> tuple[object, ...] | None:
    year = Year.objects.filter(year=number).first()
    return _plain(year, year.days.all()) if year else None
