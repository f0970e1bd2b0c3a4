"""Trying what the who-may-see table says: each row as one attempt, undone whatever came of it.

Rows about help, organisations, people's requests and what has an end stand in `trying_more`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.timezone import localdate

from tests.access.trying_more import MORE, beside
from tests.cast import Cast
from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.cases.actions import open_contact
from wangge.cases.models import Case
from wangge.cases.rules import may_see_desk
from wangge.catalogue.purposes import in_order
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.people import actions
from wangge.people.actions.canaries import make_canaries
from wangge.people.actions.seeking import seek_person
from wangge.people.models import Household, Person
from wangge.people.queries.wished import wished
from wangge.people.rules import may_see_residents
from wangge.people.words import Kept, Tenure, Use
from wangge.places.models import Area, Building, Dwelling

SOURCE = "worker:1"


@dataclass(frozen=True)
class Target:
    """Somebody registered in a grid, a second household and a free door there, a case with a reporter's number.

    The person has a need resting on urgency and an open request; an organisation there has a contact.
    """

    area: int
    community: int
    person: int
    phone: str
    household: int
    second: int
    door: int
    free: int
    case: int
    need: int
    firm: int
    office: int
    request: int

    def somebody(self) -> Person:
        """The person as the actor sees them; else a forged one, so that the rule is asked as well as the row."""
        return Person.objects.filter(pk=self.person).first() or Person(
            pk=self.person, area_id=self.area, community_id=self.community, name=b"1", phone=b"1", document=b"1"
        )

    def neighbour(self) -> Person:
        """Who lives in the second household."""
        return Person.objects.filter(home=self.second).first() or Person(
            pk=self.person + 1, area_id=self.area, community_id=self.community, name=b"1"
        )

    def living(self, pk: int) -> Household:
        found = Household.objects.select_related("dwelling").filter(pk=pk).first()
        return found or Household(pk=pk, area_id=self.area, dwelling=self.behind(self.door))

    def behind(self, pk: int) -> Dwelling:
        return Dwelling.objects.filter(pk=pk).first() or Dwelling(pk=pk, area_id=self.area)


Attempt = Callable[[Actor, Target, str], bool]


def succeeds(row: str, actor: Actor, target: Target, purpose: str = "") -> bool:
    """Try one row; without a purpose each of the register is tried until one opens. Nothing of it stays."""
    name, _blank, field = row.partition(" ")
    purposes = [purpose] if purpose else [held.code for held in in_order()] if name in STATED else [""]
    return any(_tried(ATTEMPTS[name], actor, target, f"{field} {one}".strip()) for one in purposes)


def _tried(attempt: Attempt, actor: Actor, target: Target, said: str) -> bool:
    try:
        with transaction.atomic():
            worked = attempt(actor, target, said)
            transaction.set_rollback(True)
            return worked
    except (Refused, ObjectDoesNotExist, DatabaseError):
        return False


def _person(actor: Actor, target: Target, _said: str) -> bool:
    return Person.objects.filter(pk=target.person).exists() or Household.objects.filter(pk=target.household).exists()


def _seek(actor: Actor, target: Target, said: str) -> bool:
    found = seek_person(
        term=target.phone, purpose=said, communities=[target.community], today=localdate(), by=actor, now=timezone.now()
    )
    return target.person in {one.pk for one in found.persons}


def _wishes(actor: Actor, target: Target, _said: str) -> bool:
    return may_see_residents(actor) is None and bool(wished(Person.objects.get(pk=target.person)))


def _open(actor: Actor, target: Target, said: str) -> bool:
    field, _blank, purpose = said.partition(" ")
    actions.open_field(target.somebody(), field=Kept(field), purpose=purpose, by=actor, now=timezone.now())
    return True


def _record(actor: Actor, target: Target, _said: str) -> bool:
    new = actions.Member("孙新（虚构）", Tenure.TENANT)
    actions.record_household(target.behind(target.free), members=[new], source=SOURCE, by=actor, now=timezone.now())
    return True


def _join(actor: Actor, target: Target, _said: str) -> bool:
    new = actions.Member("孙新（虚构）", Tenure.TENANT)
    actions.join(target.living(target.household), member=new, source=SOURCE, by=actor, now=timezone.now())
    return True


def _correct(actor: Actor, target: Target, _said: str) -> bool:
    given: dict[str, Any] = {"source": SOURCE, "by": actor, "now": timezone.now()}
    actions.correct(target.somebody(), field=Kept.PHONE, value="13800000099", **given)
    return True


def _wish(actor: Actor, target: Target, _said: str) -> bool:
    wishes = {"large_type": True}
    actions.wish(target.somebody(), wishes=wishes, source=SOURCE, by=actor, now=timezone.now())
    return True


def _confirm(actor: Actor, target: Target, _said: str) -> bool:
    actions.confirm(target.living(target.household), source=SOURCE, by=actor, now=timezone.now())
    return True


def _use(actor: Actor, target: Target, _said: str) -> bool:
    door = target.behind(target.free)
    actions.say_use(door, use=Use.BUSINESS, source=SOURCE, by=actor, now=timezone.now())
    return True


def _leave(actor: Actor, target: Target, _said: str) -> bool:
    actions.leave(target.somebody(), on=localdate(), source=SOURCE, by=actor, now=timezone.now())
    return True


def _move(actor: Actor, target: Target, _said: str) -> bool:
    there = target.living(target.second)
    given: dict[str, Any] = {"on": localdate(), "source": SOURCE, "by": actor, "now": timezone.now()}
    actions.move(target.somebody(), to=there, tenure=Tenure.GUEST, **given)
    return True


def _make_canaries(actor: Actor, target: Target, _said: str) -> bool:
    make_canaries(community=target.community, number=1, phone=target.phone, by=actor, now=timezone.now())
    return True


def _merge(actor: Actor, target: Target, said: str) -> bool:
    given: dict[str, Any] = {"choice": actions.Choice(), "purpose": said, "by": actor, "now": timezone.now()}
    actions.merge_persons(target.somebody(), target.neighbour(), **given)
    return True


def _apart(actor: Actor, target: Target, _said: str) -> bool:
    actions.keep_apart(target.somebody(), target.neighbour(), by=actor, now=timezone.now())
    return True


def _case(actor: Actor, target: Target, _said: str) -> bool:
    return may_see_desk(actor) is None and Case.objects.filter(pk=target.case).exists()


def _contact(actor: Actor, target: Target, said: str) -> bool:
    found = Case.objects.filter(pk=target.case).first() or Case(pk=target.case, number="x", area_id=target.area)
    open_contact(found, purpose=said, by=actor, now=timezone.now())
    return True


def _looks(actor: Actor, target: Target, _said: str) -> bool:
    return Entry.objects.filter(subject=f"household:{target.household}").exists()


ATTEMPTS: dict[str, Attempt] = {
    "person": _person, "seek": _seek, "wishes": _wishes, "open_field": _open, "record_household": _record,
    "join": _join, "correct": _correct, "wish": _wish, "confirm": _confirm, "say_use": _use, "leave": _leave,
    "move": _move, "make_canaries": _make_canaries, "merge_persons": _merge, "keep_apart": _apart, "case": _case,
    "contact": _contact, "looks": _looks, **MORE,
}  # fmt: skip
STATED = {"seek", "open_field", "contact", "merge_persons", "open_carer", "open_contact"}
"""Rows that need a purpose of the register."""


def targets(cast: Cast, most: int) -> list[Target]:
    """The same in several grids: 林's, 周's, then others; written by the house itself."""
    with as_system("test") as system:
        with_doors = Building.objects.filter(grid__level="grid").values_list("grid_id", flat=True)
        grids = [cast.grid_id, cast.far_grid_id]
        grids += sorted(set(with_doors) - set(grids) - {None})
        return [_target(cast, grid, at, system) for at, grid in enumerate(grids[:most])]


def _target(cast: Cast, grid: int, at: int, system: Actor) -> Target:
    from wangge.cases import actions as cases
    from wangge.places.queries import by_token

    now = timezone.now()
    doors = list(Dwelling.objects.filter(area_id=grid).order_by("id")[:3])
    phone = f"138000000{at:02d}"
    document = f"E{at:08d}"
    one = actions.Member("孙兰（虚构）", Tenure.OWNER, phone=phone, document_kind="passport", document=document,
                         wishes={"channel": "phone"})  # fmt: skip
    two = actions.Member("周梅（虚构）", Tenure.TENANT)
    given: dict[str, Any] = {"source": SOURCE, "by": system, "now": now}
    first = actions.record_household(doors[0], members=[one], **given)
    second = actions.record_household(doors[1], members=[two], **given)
    place = by_token(Building.objects.filter(grid_id=grid).order_by("id")[0].token)
    assert place is not None
    told = cases.report(cases.Report(place, "路灯不亮", phone=phone), by=system, now=now)
    person = Person.objects.get(home=first)
    return Target(
        grid, Area.objects.values_list("parent_id", flat=True).get(pk=grid) or grid, person.pk, phone, first.pk,
        second.pk, doors[0].pk, doors[2].pk, told.case.pk, **beside(person, grid, at, system),
    )  # fmt: skip
