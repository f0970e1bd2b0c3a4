"""Attempts of the who-may-see table about help, organisations, people's requests and what has an end."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Protocol

from django.utils import timezone
from django.utils.timezone import localdate

from wangge.access.actor import Actor
from wangge.people import actions
from wangge.people.actions import Carers, Grounds, Outside, holding, retaining
from wangge.people.actions.rights import Asking, ask, check_identity, take_back, tell
from wangge.people.actions.rights_answer import answer as answer_request
from wangge.people.actions.rights_link import hand_link
from wangge.people.actions.rights_state import state
from wangge.people.firm_words import ContactDuty, FirmKind, RecordKind, RecordResult
from wangge.people.models import CareNeed, Firm, FirmContact, Person, RetentionHold, RightsRequest
from wangge.people.models.rights_words import Outcome, Right, Way
from wangge.people.rules import may_see_firms, may_see_residents, may_see_retention
from wangge.people.words import Basis, CareEnd, Consent, Hand, HoldGround
from wangge.places.models import Area

SOURCE = "worker:1"
URGENT = Grounds(Basis.URGENT, why="停电三天，一个人在家")
NEIGHBOUR = Outside("邻居老吴（虚构）", "138 0000 0098")


class Target(Protocol):
    """What the attempts are made at."""

    area: int
    person: int
    need: int
    firm: int
    office: int
    request: int

    def somebody(self) -> Person: ...


def _agreed() -> Grounds:
    return Grounds(Basis.CONSENT, Consent.SPOKEN, heard_by="女儿（虚构）", on=localdate())


def _need_of(target: Target) -> CareNeed:
    """The need as the actor sees it; else a forged one, so that the rule is asked as well as the row."""
    forged = CareNeed(pk=target.need, area_id=target.area, person_id=target.person, basis=Basis.URGENT)
    return CareNeed.objects.filter(pk=target.need).first() or forged


def _firm_of(target: Target) -> Firm:
    forged = Firm(pk=target.firm, area_id=target.area, kind=FirmKind.SHOP, name="x", uscc="x")
    return Firm.objects.filter(pk=target.firm).first() or forged


def _request_of(target: Target) -> RightsRequest:
    forged = RightsRequest(pk=target.request, area_id=target.area, person_id=target.person, kind=Right.SEE)
    return RightsRequest.objects.filter(pk=target.request).first() or forged


def _given(actor: Actor) -> dict[str, Any]:
    return {"by": actor, "now": timezone.now()}


def _need(actor: Actor, target: Target, _said: str) -> bool:
    return may_see_residents(actor) is None and CareNeed.objects.filter(pk=target.need).exists()


def _record_need(actor: Actor, target: Target, _said: str) -> bool:
    carers = Carers(NEIGHBOUR)
    actions.record_need(
        target.somebody(), code="bed", given=_agreed(), carers=carers, source=SOURCE, **_given(actor)
    )  # fmt: skip
    return True


def _consent(actor: Actor, target: Target, _said: str) -> bool:
    actions.consent(_need_of(target), given=_agreed(), source=SOURCE, **_given(actor))
    return True


def _carers(actor: Actor, target: Target, _said: str) -> bool:
    actions.name_carers(_need_of(target), carers=Carers(NEIGHBOUR), **_given(actor))
    return True


def _describe(actor: Actor, target: Target, _said: str) -> bool:
    actions.describe(_need_of(target), help_note="敲门重一点", source=SOURCE, **_given(actor))
    return True


def _confirm_need(actor: Actor, target: Target, _said: str) -> bool:
    given = _given(actor)
    need = actions.consent(_need_of(target), given=_agreed(), source=SOURCE, **given)
    actions.confirm_need(need, source=SOURCE, **given)
    return True


def _end_need(actor: Actor, target: Target, _said: str) -> bool:
    actions.end_need(_need_of(target), why=CareEnd.NOT_NEEDED, **_given(actor))
    return True


def _withdraw(actor: Actor, target: Target, _said: str) -> bool:
    actions.withdraw(_need_of(target), source=SOURCE, **_given(actor))
    return True


def _open_carer(actor: Actor, target: Target, said: str) -> bool:
    actions.open_carer(_need_of(target), hand=Hand.CARER, purpose=said, **_given(actor))
    return True


def _firm(actor: Actor, target: Target, _said: str) -> bool:
    return may_see_firms(actor) is None and Firm.objects.filter(pk=target.firm).exists()


def _correct_firm(actor: Actor, target: Target, _said: str) -> bool:
    held = _firm_of(target)
    actions.correct_firm(held, name="改名的店（虚构）", uscc=held.uscc, kind=FirmKind(held.kind), **_given(actor))
    return True


def _add_contact(actor: Actor, target: Target, _said: str) -> bool:
    who = {"duty": next(iter(ContactDuty)), "name": "何顺（虚构）", "phone": "138 0000 0097"}
    actions.add_contact(_firm_of(target), **who, **_given(actor))  # type: ignore[arg-type] # as the form gives it
    return True


def _end_contact(actor: Actor, target: Target, _said: str) -> bool:
    actions.end_contact(_office_of(target), **_given(actor))
    return True


def _office_of(target: Target) -> FirmContact:
    forged = FirmContact(pk=target.office, firm=_firm_of(target), name=b"1", phone=b"1")
    return FirmContact.objects.filter(pk=target.office).first() or forged


def _open_contact(actor: Actor, target: Target, said: str) -> bool:
    actions.open_contact(_office_of(target), purpose=said, **_given(actor))
    return True


def _keep_record(actor: Actor, target: Target, _said: str) -> bool:
    told: dict[str, Any] = {"on": localdate(), "result": next(iter(RecordResult)), "text": "灭火器已换"}
    actions.keep_record(_firm_of(target), kind=RecordKind.INSPECTION, **told, **_given(actor))
    return True


def _request(actor: Actor, target: Target, _said: str) -> bool:
    return may_see_residents(actor) is None and RightsRequest.objects.filter(pk=target.request).exists()


def _ask(actor: Actor, target: Target, _said: str) -> bool:
    ask(target.somebody(), asking=Asking(Right.CORRECT, seen=True), **_given(actor))
    return True


def _check(actor: Actor, target: Target, _said: str) -> bool:
    check_identity(_request_of(target), **_given(actor))
    return True


def _state(actor: Actor, target: Target, _said: str) -> bool:
    given = _given(actor)
    held = ask(target.somebody(), asking=Asking(Right.SEE, seen=True), **given)
    state(target.somebody(), form="paper", request=held, **given)
    return True


def _take_back(actor: Actor, target: Target, _said: str) -> bool:
    take_back(_request_of(target), **_given(actor))
    return True


def _answer(actor: Actor, target: Target, _said: str) -> bool:
    given = _given(actor)
    held = ask(target.somebody(), asking=Asking(Right.EXPLAIN, seen=True), **given)
    tell(answer_request(held, outcome=Outcome.GRANTED, text="已说明", **given), way=Way.DESK, **given)
    return True


def _hand_link(actor: Actor, target: Target, _said: str) -> bool:
    hand_link(target.somebody(), seen=True, **_given(actor))
    return True


def _retention(actor: Actor, target: Target, _said: str) -> bool:
    return may_see_retention(actor) is None


def _run(actor: Actor, target: Target, _said: str) -> bool:
    retaining.ask_run(dry=True, **_given(actor))
    return True


def _hold(actor: Actor, target: Target, _said: str) -> bool:
    _held(actor)
    return True


def _release(actor: Actor, target: Target, _said: str) -> bool:
    holding.release(_held(actor), **_given(actor))
    return True


def _held(actor: Actor) -> RetentionHold:
    until: date = localdate() + timedelta(days=30)
    reason = holding.Reason(HoldGround(HoldGround.values[0]), "pipl", "", "2026 民初 15")
    return holding.hold(reason, category="message_sent", until=until, **_given(actor))


MORE: dict[str, Callable[[Actor, Any, str], bool]] = {
    "need": _need, "record_need": _record_need, "consent": _consent, "name_carers": _carers, "describe": _describe,
    "confirm_need": _confirm_need, "end_need": _end_need, "withdraw": _withdraw, "open_carer": _open_carer,
    "firm": _firm, "correct_firm": _correct_firm, "add_contact": _add_contact, "end_contact": _end_contact,
    "open_contact": _open_contact, "keep_record": _keep_record, "request": _request, "ask": _ask,
    "check_identity": _check, "state": _state, "take_back": _take_back, "answer_request": _answer,
    "hand_link": _hand_link, "retention": _retention, "ask_run": _run, "hold": _hold, "release": _release,
}  # fmt: skip


def beside(person: Person, area: int, at: int, by: Actor) -> dict[str, int]:
    """A need resting on urgency, an organisation with a contact and an open request, in the same grid."""
    from tests.people.firming import code

    given: dict[str, Any] = {"by": by, "now": timezone.now()}
    need = actions.record_need(
        person, code="stairs", given=URGENT, carers=Carers(NEIGHBOUR), source=SOURCE, **given
    )  # fmt: skip
    firm = actions.record_firm(
        Area.objects.get(pk=area), name=f"和顺小店{at}（虚构）", uscc=code(900 + at), kind=FirmKind.SHOP, **given
    )
    office = actions.add_contact(
        firm, duty=next(iter(ContactDuty)), name="何顺（虚构）", phone="138 0000 0096", **given
    )  # fmt: skip
    now = given["now"]
    request = RightsRequest.objects.create(
        area_id=area, person=person, kind=Right.SEE, asker="oneself", way="desk", state="received", received_at=now,
        due_at=now + timedelta(days=20), received_by_id=by.account_id,
    )  # fmt: skip
    return {"need": need.pk, "firm": firm.pk, "office": office.pk, "request": request.pk}
