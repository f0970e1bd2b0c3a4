"""Where one person lives of whom two entries said so: one home stays, what was written down twice is folded."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from wangge.people.models import Household, Occupancy, Person

OCCUPANCIES = Occupancy._meta.db_table
FOLDED = ("household_id", "tenure", "relation", "source")


def join_homes(kept: Person, gone: Person, *, gone_stays: bool, today: date) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give who stays the homes of who goes. Returns what was changed and which rows were moved.

    One home stays: that of who stays, or the other where it was chosen or is the only one. Behind the same door nothing
    is chosen, and what the entry that goes had there is taken out. Any other home ends today; a household in which
    nobody lives any more ends too.
    """
    changed: dict[str, Any] = {"ended": {}, "closed": {}, "folded": []}
    doors = _doors((kept.home_id, gone.home_id))
    home = _stays(kept, gone, doors, gone_stays=gone_stays)
    _settle(kept, gone, home, changed)
    mine = {one.household_id for one in _open(kept)}
    left: set[int] = set()
    for one in _open(gone):
        if one.household_id in mine or (one.household_id != home and _door(one) == doors.get(home or 0)):
            changed["folded"].append(_as_said(one))
            left.add(one.household_id)
            one.delete()
        elif one.household_id != home:
            _end(one, changed, today)
            left.add(one.household_id)
    for one in _open(kept).exclude(household=home):
        _end(one, changed, today)
        left.add(one.household_id)
    rows = Occupancy.objects.filter(person=gone)
    moved = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(person=kept)
    _close(left, changed, today)
    return changed, {OCCUPANCIES: moved}


def _doors(homes: tuple[int | None, ...]) -> dict[int, int]:
    return dict(Household.objects.filter(pk__in=[one for one in homes if one]).values_list("pk", "dwelling_id"))


def _stays(kept: Person, gone: Person, doors: dict[int, int], *, gone_stays: bool) -> int | None:
    if kept.home_id is None or gone.home_id is None:
        return kept.home_id or gone.home_id
    is_one_door = doors[kept.home_id] == doors[gone.home_id]
    return gone.home_id if gone_stays and not is_one_door else kept.home_id


def _settle(kept: Person, gone: Person, home: int | None, changed: dict[str, Any]) -> None:
    """Write down where who stays lives; of two who both have left, when the later one did."""
    if home != kept.home_id:
        kept.home_id, kept.area_id, kept.left_on = home, gone.area_id, None
        changed["home"] = home
    elif home is None and gone.left_on is not None and kept.left_on is not None and gone.left_on > kept.left_on:
        kept.left_on = gone.left_on
        changed["left_on"] = gone.left_on.isoformat()
    kept.save(update_fields=["home", "area", "left_on"])


def _open(person: Person) -> QuerySet[Occupancy]:
    return Occupancy.objects.filter(person=person, until__isnull=True).select_related("household").order_by("pk")


def _door(one: Occupancy) -> int:
    return one.household.dwelling_id


def _as_said(one: Occupancy) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(one, name) for name in FOLDED}
    return said | {
        "id": one.pk, "since": one.since.isoformat() if one.since else None,
        "confirmed_on": one.confirmed_on.isoformat(),
    }  # fmt: skip


def _end(one: Occupancy, changed: dict[str, Any], today: date) -> None:
    one.until = max(today, one.since or today)
    one.save(update_fields=["until"])
    changed["ended"][str(one.pk)] = one.until.isoformat()


def _close(homes: set[int], changed: dict[str, Any], today: date) -> None:
    for home in Household.objects.filter(pk__in=homes, until__isnull=True).order_by("pk"):
        if not Occupancy.objects.filter(household=home, until__isnull=True).exists():
            home.until = max(today, home.since or today)
            home.save(update_fields=["until"])
            changed["closed"][str(home.pk)] = home.until.isoformat()
