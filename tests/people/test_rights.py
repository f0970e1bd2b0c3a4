"""Requests of people about their own data: their way, who may do what, what a grant does. All persons are invented."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.cast import Cast
from tests.conftest import QueriesOf
from tests.people.registering import ID, NOW, registered
from wangge.access.action import Refused
from wangge.core.states import CREATION
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.people.actions import Member, open_field
from wangge.people.actions.erasing_asked import LATEST, erase_asked
from wangge.people.actions.rights import Asking, ask, check_identity, find, take_back, tell
from wangge.people.actions.rights_answer import answer, withdraw
from wangge.people.actions.rights_state import state
from wangge.people.models import Person, RightsRequest
from wangge.people.models.rights_words import MOVES, Asker, Outcome, Right, State, Way
from wangge.people.queries.rights import Wanted, listed, seen, texts
from wangge.people.queries.shown_looks import looks
from wangge.people.words import Kept, Tenure

KNOWN = Member("孙兰（虚构）", Tenure.OWNER, phone="138 0000 0001", document_kind="citizen_id", document=ID,
               wishes={"channel": "phone"})  # fmt: skip
OTHERS = ("zhou", "town", "chief", "dispatcher", "zhao", "auditor", "system_admin", "security_admin", "acceptor")


def asked(cast: Cast, kind: Right = Right.SEE, *, seen: bool = True, **given: Any) -> RightsRequest:
    """A request of the one person of the register, taken in by her grid worker."""
    with cast.lin.acting() as lin:
        return ask(Person.objects.get(), asking=Asking(kind, seen=seen, **given), by=lin, now=NOW)


def test_the_table_of_states_is_that_of_the_desk() -> None:
    assert MOVES.verbs(CREATION) == ("ask",)
    assert set(MOVES.states) == set(State.values)
    assert MOVES.final == {"told", "taken_back"}
    assert MOVES.verbs("received") == ("check_identity", "refuse", "take_back")


def test_a_request_is_taken_in_with_its_clock_answered_and_told(cast: Cast) -> None:
    registered(cast, KNOWN)
    request = asked(cast, Right.CORRECT, seen=False, field="phone", value="139 0000 0002", words="号码换了")
    local = request.due_at.astimezone(ZoneInfo("Asia/Shanghai"))
    assert (local.date().isoformat(), local.hour) == ("2026-12-11", 17)  # 15 working days after Friday, 20 November
    with cast.wang.acting() as wang:
        with pytest.raises(Refused):
            answer(request, outcome=Outcome.GRANTED, text="已改", value="139", by=wang, now=NOW)  # nobody was seen
        check_identity(request, by=wang, now=NOW)
        with pytest.raises(Refused):
            answer(request, outcome=Outcome.GRANTED, text="已改", by=wang, now=NOW)  # how should it read?
        answer(request, outcome=Outcome.GRANTED, text="已经改好了", value="139 0000 0002", by=wang, now=NOW)
        held = RightsRequest.objects.get()
        assert (held.state, held.outcome) == ("granted", "granted")
        assert texts(held).reply == "已经改好了"
        assert texts(held).words == "号码换了"
        assert Person.objects.get().told["phone"][0].startswith("resident:")
        assert open_field(Person.objects.get(), field=Kept.PHONE, purpose="on_site", by=wang,
                          now=NOW).value == "13900000002"  # fmt: skip
        with pytest.raises(Refused):
            take_back(held, by=wang, now=NOW)
        told = tell(held, way=Way.PHONE, by=wang, now=NOW)
        assert (told.state, told.told_by, told.outcome) == ("told", "phone", "granted")
        with pytest.raises(Refused):
            tell(told, way=Way.PHONE, by=wang, now=NOW)
    with cast.auditor.acting():
        facts = str(list(Entry.objects.filter(verb__startswith="rights.").values_list("facts", flat=True)))
    assert "号码" not in facts
    assert "139" not in facts
    with connection.cursor() as cursor, cast.lin.acting():
        cursor.execute("select string_agg(r::text, '') from people_rightsrequest r")
        stored = cursor.fetchone()[0]
    for secret in ("号码换了", "已经改好了", "13900000002", "号码换了".encode().hex()):
        assert secret not in stored


def test_a_refusal_names_reason_law_and_where_to_complain(cast: Cast) -> None:
    registered(cast, KNOWN)
    request = asked(cast, Right.DELETE)
    with cast.wang.acting() as wang:
        for wrong in ("", "closed.solved", "rights_refused.none"):
            with pytest.raises(Refused):
                answer(request, outcome=Outcome.REFUSED, text="不能删", reason=wrong, by=wang, now=NOW)
        held = answer(request, outcome=Outcome.REFUSED, text="还要留着", reason="rights_refused.kept_by_law", by=wang,
                      now=NOW)  # fmt: skip
        assert (held.law, held.article) == ("pipl", "47")
        reply = texts(RightsRequest.objects.get()).reply
        assert "个人信息保护法" in reply
        assert "47" in reply
        assert "12345" in reply
        again = ask(Person.objects.get(), asking=Asking(Right.DELETE, seen=True), by=wang, now=NOW)
        assert again.state == "checked"  # asked again at any time
        with pytest.raises(IntegrityError), transaction.atomic():
            RightsRequest.objects.filter(pk=again.pk).update(outcome="refused")


def test_who_asked_to_be_deleted_is_removed_once_they_were_told(cast: Cast) -> None:
    registered(cast, KNOWN)
    request = asked(cast, Right.DELETE)
    with cast.wang.acting() as wang:
        person = Person.objects.get()
        answer(request, outcome=Outcome.GRANTED, text="已同意，告知后删除", by=wang, now=NOW)
        open_again = ask(person, asking=Asking(Right.SEE, seen=True), by=wang, now=NOW)
    with as_system("test") as system:
        assert erase_asked(by=system, now=NOW) == []  # not told yet
        assert erase_asked(by=system, now=NOW + LATEST) == []  # and something else is under way
    with cast.wang.acting() as wang:
        take_back(open_again, by=wang, now=NOW)
        tell(request, way=Way.DESK, by=wang, now=NOW)
    with as_system("test") as system:
        assert erase_asked(by=system, now=NOW) == [request.pk]
        assert erase_asked(by=system, now=NOW) == []
        assert not Person.objects.exists()
    with cast.wang.acting():
        proof = RightsRequest.objects.get(pk=request.pk)
        assert (proof.person_id, proof.outcome, proof.reply, proof.words) == (None, "granted", None, None)
        assert Entry.objects.filter(verb="person.erase").count() in (0, 1)  # the auditor's to read
    with cast.auditor.acting():
        entry = Entry.objects.get(verb="person.erase")
        assert entry.subject == f"person:{person.pk}"
        assert "孙兰" not in str(entry.facts)


def test_consent_withdrawn_acts_at_once_and_the_rest_stays(cast: Cast) -> None:
    registered(cast, KNOWN)
    for field in ("phone", "document", "wishes"):
        request = asked(cast, Right.WITHDRAW, field=field)
        with cast.lin.acting() as lin:
            assert withdraw(request, by=lin, now=NOW).state == "granted"
            person = Person.objects.get()
            assert getattr(person, field) is None
            assert person.name
    with pytest.raises(Refused):
        asked(cast, Right.WITHDRAW, field="name")
    unseen = asked(cast, Right.WITHDRAW, field="phone", seen=False)
    with cast.lin.acting() as lin, pytest.raises(Refused):
        withdraw(unseen, by=lin, now=NOW)


def test_who_asks_for_somebody_says_how_they_may_and_paper_has_a_number(cast: Cast) -> None:
    registered(cast, KNOWN)
    with pytest.raises(Refused):
        asked(cast, asker=Asker.FAMILY)
    request = asked(cast, asker=Asker.FAMILY, authority="女儿，老人当面点了头")
    with cast.wang.acting():
        assert texts(RightsRequest.objects.get(pk=request.pk)).authority == "女儿，老人当面点了头"
    for wrong in ({"way": Way.PAPER}, {"paper": "A-1"}, {"way": Way.PAPER, "paper": "张三的信"}, {"way": Way.LINK}):
        with pytest.raises(Refused):
            asked(cast, **wrong)
    assert asked(cast, way=Way.PAPER, paper="2026-001").paper == "2026-001"


def test_somebody_not_yet_found_is_looked_for_by_sealed_words(cast: Cast) -> None:
    registered(cast, KNOWN)
    with cast.lin.acting() as lin:
        with pytest.raises(Refused):
            ask(None, cast.grid_id, asking=Asking(Right.SEE), by=lin, now=NOW)
        request = ask(None, cast.grid_id, asking=Asking(Right.SEE, sought="住 3 幢的孙阿姨"), by=lin, now=NOW)
        with pytest.raises(Refused):
            check_identity(request, by=lin, now=NOW)
        found = find(request, Person.objects.get(), by=lin, now=NOW)
        with pytest.raises(Refused):
            find(found, Person.objects.get(), by=lin, now=NOW)
        assert check_identity(found, by=lin, now=NOW).state == "checked"
        assert texts(RightsRequest.objects.get()).sought == "住 3 幢的孙阿姨"
        with pytest.raises(Refused):
            ask(None, cast.far_grid_id, asking=Asking(Right.SEE, sought="孙"), by=lin, now=NOW)
        nobody = ask(None, cast.grid_id, asking=Asking(Right.SEE, sought="不认识的人"), by=lin, now=NOW)
    with cast.wang.acting() as wang:  # of whom nothing is held, that is the answer
        with pytest.raises(Refused):
            answer(nobody, outcome=Outcome.GRANTED, text="好", by=wang, now=NOW)
        held = answer(nobody, outcome=Outcome.REFUSED, text="没有", reason="rights_refused.not_held", by=wang, now=NOW)
        assert held.article == "45"


def test_each_of_the_cast_sees_and_does_what_is_theirs(cast: Cast) -> None:
    registered(cast, KNOWN)
    request = asked(cast)
    seen_by = {}
    for name in ("lin", "wang", *OTHERS):
        with getattr(cast, name).acting() as actor:
            seen_by[name] = RightsRequest.objects.count()
            person = Person(pk=request.person_id, area_id=cast.grid_id)
            if name == "wang":
                continue
            with pytest.raises(Refused):
                answer(request, outcome=Outcome.GRANTED, text="好", by=actor, now=NOW)
            if name != "lin":
                for act in (
                    lambda by=actor, of=person: ask(of, asking=Asking(Right.SEE), by=by, now=NOW),
                    lambda by=actor: take_back(request, by=by, now=NOW),
                    lambda by=actor, of=person: state(of, form="paper", request=request, by=by, now=NOW),
                ):
                    with pytest.raises(Refused):
                        act()
                assert looks(person) == []
    assert seen_by == dict.fromkeys(OTHERS, 0) | {"lin": 1, "wang": 1}
    with cast.zhou.acting(), pytest.raises(DatabaseError), transaction.atomic():
        RightsRequest.objects.create(
            area_id=cast.grid_id, person_id=request.person_id, kind="see", asker="oneself", way="desk",
            state="received", received_at=NOW, due_at=NOW, received_by_id=cast.zhou.account_id,
        )  # fmt: skip
    with cast.lin.acting(), pytest.raises(DatabaseError), transaction.atomic():
        RightsRequest.objects.filter(pk=request.pk).update(received_at=NOW - timedelta(days=9))


def test_the_statement_needs_a_request_and_tells_each_look(cast: Cast) -> None:
    registered(cast, KNOWN)
    with cast.wang.acting() as wang:
        open_field(Person.objects.get(), field=Kept.PHONE, purpose="on_site", task="case:1", by=wang, now=NOW)
    with cast.lin.acting() as lin:
        person = Person.objects.get()
        with pytest.raises(Refused):
            state(person, form="paper", by=lin, now=NOW)
        unseen = ask(person, asking=Asking(Right.SEE), by=lin, now=NOW)
        with pytest.raises(Refused):
            state(person, form="paper", request=unseen, by=lin, now=NOW)
        check_identity(unseen, by=lin, now=NOW)
        said = state(person, form="paper", request=unseen, by=lin, now=NOW)
        assert [fact.code for fact in said.held.facts] == ["name", "document", "phone", "wishes", "home"]
        values = {fact.code: fact.value for fact in said.held.facts}
        assert values["name"] == "孙兰(虚构)"
        assert values["phone"] == "138 0000 0001"
        assert all(fact.told_by and fact.told_on == "2026-11-20" and fact.purposes for fact in said.held.facts)
        assert all(why.laws and why.kept for why in said.held.why)
        (look,) = said.looks
        assert (look.role, look.what, look.task) == ("社区书记", "电话", "case:1")
        assert look.organisation
        assert cast.wang.account.name not in str(said.looks)
        second, first = looks(person)
        assert (first, second.role) == (look, "网格员")
        correction = ask(person, asking=Asking(Right.CORRECT, seen=True), by=lin, now=NOW)
        with pytest.raises(Refused):
            state(person, form="paper", request=correction, by=lin, now=NOW)


def test_a_request_goes_along_when_grids_are_drawn_anew(cast: Cast) -> None:
    household = registered(cast, KNOWN)
    request = asked(cast)
    from wangge.jobs.system import as_system
    from wangge.places.models import Dwelling

    with as_system("test"):
        Dwelling.objects.filter(pk=household.dwelling_id).update(area_id=cast.far_grid_id)
    with cast.zhou.acting():
        assert RightsRequest.objects.get().pk == request.pk
    with cast.lin.acting():
        assert seen(request.pk) is None


@pytest.mark.parametrize("which", ["open", "over", "answered", "done", "all"])
def test_the_list_asks_as_often_for_three_as_for_one(cast: Cast, queries_of: QueriesOf, which: str) -> None:
    registered(cast, KNOWN)
    asked(cast)
    late = datetime(2027, 2, 1, tzinfo=NOW.tzinfo)
    with cast.lin.acting() as lin:
        listed(Wanted(which), late)
        with queries_of(1):  # the names stand in the same rows; keys are remembered
            listed(Wanted(which), late)
        for _time in range(2):
            ask(Person.objects.get(), asking=Asking(Right.COPY), by=lin, now=NOW)
        with queries_of(1):
            page, more = listed(Wanted(which), late)
        assert len(page) == (3 if which in ("open", "over", "all") else 0)
        assert more is None
        assert len(listed(Wanted(which, kind="copy"), late)[0]) == (2 if which in ("open", "over", "all") else 0)
        assert listed(Wanted("over"), NOW)[0] == []
