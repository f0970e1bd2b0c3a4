"""An invented property firm for tests, its compound, its member of staff, and lines of a sheet."""

from datetime import date
from typing import Any

from django.utils import timezone

from tests.cast import Cast, Person
from tests.people.registering import NOW
from wangge.core.daily_sheet import Line, What, read
from wangge.core.identifiers.credit import credit_check
from wangge.people.actions import begin_managing, give_staff, record_firm
from wangge.people.firm_words import FirmKind
from wangge.people.models import Firm, Managing, SheetLine
from wangge.people.queries.sheets import doors_of, known_doors
from wangge.places.models import Area, Building, Compound
from wangge.teams.actions import add_account

SINCE = date(2026, 11, 1)
PASSWORD = "wuye-2026-xu-gou"


def code(number: int) -> str:
    """A unified social credit code with the right check character."""
    body = f"91320000MA1{number:06}"
    return body + credit_check(body)


def community_of(cast: Cast) -> Area:
    with cast.wang.acting():
        parent = Area.objects.get(pk=cast.grid_id).parent
        assert parent is not None
        return parent


def property_firm(cast: Cast, number: int = 1, name: str = "和顺物业（虚构）") -> Firm:
    with cast.wang.acting() as wang:
        return record_firm(
            community_of(cast), name=name, uscc=code(number), kind=FirmKind.PROPERTY, by=wang, now=NOW
        )  # fmt: skip


def compound_of(cast: Cast, other: int = 0) -> Compound:
    """The compound in which a house of 林's grid stands, or another one of her community."""
    first = Building.objects.filter(grid_id=cast.grid_id, compound__isnull=False).order_by("id")[0].compound
    assert first is not None
    if not other:
        return first
    return Compound.objects.filter(community=first.community_id).exclude(pk=first.pk).order_by("id")[other - 1]


def managing(cast: Cast, firm: Firm | None = None, other: int = 0) -> Managing:
    firm = firm or property_firm(cast)
    with cast.wang.acting() as wang:
        return begin_managing(firm, compound_of(cast, other), since=SINCE, by=wang, now=NOW)


def staff(cast: Cast, firm: Firm, username: str = "wuye01") -> Person:
    """Somebody of the firm with an account and the post."""
    with cast.system_admin.acting() as admin:
        account = add_account(username, "何顺（虚构）", PASSWORD, by=admin, now=timezone.now())
    with cast.wang.acting() as wang:
        give_staff(firm, username=username, by=wang, now=timezone.now())
    return Person(account.pk)


def door(cast: Cast, held: Managing, at: int = 0) -> dict[str, str]:
    """A door of 林's grid as a firm writes it. Asked in the name of its staff."""
    mine = [one for one in doors_of(held.compound_id) if one.area == cast.grid_id]
    building = Building.objects.get(pk=mine[at].building)
    return {"building": building.name, "unit": mine[at].unit, "room": mine[at].room}


def said(held: Managing, **given: str) -> Line:
    """A line as a page or file would give it."""
    lines, faults = read([(1, given)], known_doors(held.compound_id))
    assert not faults, faults
    return lines[0]


def new_line(cast: Cast, held: Managing, what: What = What.MOVED_IN, at: int = 0, **more: Any) -> Line:
    return said(held, what=what.value, **door(cast, held, at), **more)


def line() -> SheetLine:
    """The one line there is."""
    return SheetLine.objects.get()
