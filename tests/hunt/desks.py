"""Invented people at the desks: in lists of residents, in the care register, at the rights desk, on daily sheets."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from tests.cast import Cast
from tests.exchange.lists import mapped, sheet, taken, undone
from tests.hunt.marked import Marked
from tests.people.firming import managing, new_line, staff
from tests.people.lists import HEADER, door, uploaded
from tests.people.registering import dwelling_of
from wangge.core.daily_sheet import What
from wangge.exchange.models import Import
from wangge.people.actions import Carers, Grounds, add_contact, hand_in, record_need, send_back, sheets
from wangge.people.actions.rights import Asking, ask, tell
from wangge.people.actions.rights_answer import answer
from wangge.people.firm_words import ContactDuty
from wangge.people.models import Person, SheetLine
from wangge.people.models.rights_words import Asker, Outcome, Right, Way
from wangge.people.sheet_words import LineKind, LineReason
from wangge.people.words import Basis, Consent

DROPPED = ("备注", "宗教信仰")


def in_lists(cast: Cast, people: Sequence[Marked]) -> None:
    """One list taken over, one given back, one nobody went on with; half of the rows are wrong in a cell."""
    third = len(people) // 3
    taken(cast.wang, _listed(cast, people[:third]))
    undone(cast.wang, taken(cast.wang, _listed(cast, people[third : 2 * third])))
    _listed(cast, people[2 * third :])


def _listed(cast: Cast, people: Sequence[Marked]) -> Import:
    with cast.wang.acting():
        doors = [door(dwelling_of(cast.grid_id, at)) for at in range(10)]
    rows = [(*doors[at % 10], *_cells(one, at), one.note, one.note) for at, one in enumerate(people)]
    name = f"{people[0].name} {people[0].phone} {people[0].document}.csv"
    return mapped(cast.wang, uploaded(cast.wang, sheet((*HEADER, *DROPPED), *rows), name=name))


def _cells(one: Marked, at: int) -> tuple[str, ...]:
    """Name, document, number, tenure, relation: every second time something is wrong or in the wrong place."""
    right = (one.name, one.document, one.phone, "自住", "户主")
    wrong = (
        (one.name, f"{one.document[:-1]}1", one.phone, "自住", ""), (one.phone, one.name, one.document, "自住", ""),
        (one.name, one.document, f"{one.phone}9", "自住", ""), (one.name, "", "", one.document, one.note),
        (f"{one.name}1", one.phone, "", "", one.name),
    )  # fmt: skip
    return wrong[at // 2 % len(wrong)] if at % 2 else right


def at_desks(cast: Cast, people: Sequence[Marked]) -> None:
    """Who is registered is cared for and asks for a correction; a firm names as many others on its sheet."""
    now = timezone.now()
    with cast.lin.acting():
        persons = list(Person.objects.filter(home__isnull=False).order_by("pk")[: len(people)])
    for one, person in zip(people, persons, strict=True):
        grounds = Grounds(Basis.CONSENT, Consent.SPOKEN, heard_by=one.name, on=localdate(now))
        wish = Asking(Right.CORRECT, Asker.FAMILY, field="phone", value=one.phone, words=one.note,
                      authority=one.note, seen=True)  # fmt: skip
        with cast.lin.acting() as lin:
            record_need(person, code="stairs", given=grounds, carers=Carers(cast.lin.account_id), source="resident:1",
                        help_note=one.note, by=lin, now=now)  # fmt: skip
            request = ask(person, asking=wish, by=lin, now=now)
        with cast.wang.acting() as wang:
            answer(request, outcome=Outcome.GRANTED, text=one.note, value=one.phone, by=wang, now=now)
            tell(request, way=Way.PAPER, by=wang, now=now)
    _on_sheets(cast, people)


def _on_sheets(cast: Cast, people: Sequence[Marked]) -> None:
    """Lines with names and numbers, sent back with words and answered with words; whom to call at the firm."""
    held = managing(cast)
    firm = staff(cast, held.firm)
    for day, one in enumerate(people):
        now = timezone.now() + timedelta(days=day % 3)
        with cast.wang.acting() as wang:
            add_contact(held.firm, duty=ContactDuty.MANAGER, name=one.name, phone=one.phone, by=wang, now=now)
        with firm.acting() as actor:
            said: dict[str, Any] = {
                "people": "2",
                "tenure": "租住",
                "agreed": "是",
                "name": one.name,
                "phone": one.phone,
            }
            hand_in(held, lines=(new_line(cast, held, What.MOVED_IN, at=day % 10, **said),), by=actor, now=now)
            line = SheetLine.objects.order_by("-pk")[0]
        if day < 20:
            with cast.wang.acting() as wang:
                send_back(line, reason=LineReason.OTHER, text=one.note, by=wang, now=now)
            with firm.acting() as actor:
                sheets.answer(line, kind=LineKind.MOVED_IN, people=2, text=one.note, by=actor, now=now)
