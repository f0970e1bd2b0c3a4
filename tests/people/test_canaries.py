"""Canaries look like others; the security administrator alone knows them, retention leaves them, touching one rings."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browse import signed_in
from tests.cast import Cast
from tests.people.merging import TYPED, entry, merged
from wangge.access.action import Refused
from wangge.core.looking import Sign
from wangge.delivery.models import Message
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.people.actions import open_field
from wangge.people.actions.alarming import watch
from wangge.people.actions.canaries import MARK, end_canary, make_canaries
from wangge.people.actions.watching import review_looks
from wangge.people.models import Alarm, Canary, Person
from wangge.people.queries import over
from wangge.people.queries.alarms import unanswered
from wangge.people.queries.masked import masked
from wangge.people.words import Kept, Outcome
from wangge.places.models import Area
from wangge.teams.models import Account

OFFICE = "010-00000000"


@pytest.fixture
def planted(cast: Cast) -> list[int]:
    """Enough of them in the community of 林 that her grid has some; their numbers."""
    with cast.security_admin.acting() as guard:
        community = Area.objects.get(pk=cast.grid_id).parent_id
        assert community is not None
        for _ in range(3):
            make_canaries(community=community, number=20, phone=OFFICE, by=guard, now=timezone.now())
    with cast.lin.acting():
        return list(Person.objects.order_by("pk").values_list("pk", flat=True))


def touched(cast: Cast, pk: int, field: Kept = Kept.PHONE) -> str:
    with cast.lin.acting() as lin:
        person = Person.objects.get(pk=pk)
        return open_field(person, field=field, purpose="on_site", by=lin, now=timezone.now()).value


def test_a_canary_is_joined_to_nobody_and_who_tries_hears_of_a_hold(cast: Cast, planted: list[int]) -> None:
    real = entry(cast.lin, cast.grid_id, TYPED)
    with cast.lin.acting():
        canary = Person.objects.get(pk=planted[0])
    for kept, gone in ((real, canary), (canary, real)):
        with pytest.raises(Refused, match="依法"):
            merged(cast.lin, kept, gone)


def test_only_the_security_administrator_knows_which_they_are(cast: Cast, planted: list[int]) -> None:
    assert planted
    with cast.security_admin.acting():
        assert set(planted) <= set(Canary.objects.values_list("person_id", flat=True))
        assert not Person.objects.exists()
    for other in (cast.lin, cast.wang, cast.zhou, cast.chief, cast.auditor, cast.system_admin, cast.sun):
        with other.acting() as actor:
            assert not Canary.objects.exists()
            with pytest.raises(Refused):
                make_canaries(community=1, number=1, phone=OFFICE, by=actor, now=timezone.now())
    with cast.auditor.acting():
        said = list(Entry.objects.filter(verb__startswith="canary."))
        assert {entry.subject for entry in said} == {"canaries"}
        assert {tuple(entry.facts) for entry in said} == {("made",)}


def test_they_look_like_others_who_have_left_and_say_what_they_are_when_opened(cast: Cast, planted: list[int]) -> None:
    with cast.lin.acting():
        person = Person.objects.get(pk=planted[0])
        shown = masked([person])[person.pk]
        assert (person.home_id, shown[Kept.NAME][1:], shown[Kept.PHONE]) == (None, "**", "010-****0000")
        assert person.left_on is not None
        assert person.left_on <= timezone.localdate()
    assert touched(cast, planted[0], Kept.NAME).endswith(MARK)
    assert touched(cast, planted[0]) == OFFICE


def test_retention_leaves_them_until_the_administrator_lets_them_go(cast: Cast, planted: list[int]) -> None:
    later = timezone.localdate() + timedelta(days=3_000)
    with as_system("test"):
        assert not over.persons_left(later).filter(pk__in=planted).exists()
    with cast.security_admin.acting() as guard:
        end_canary(Canary.objects.get(person_id=planted[0]), by=guard, now=timezone.now())
    with as_system("test"):
        assert list(over.persons_left(later).filter(pk__in=planted).values_list("pk", flat=True)) == planted[:1]


def test_touching_one_rings_once_and_until_somebody_has_answered(cast: Cast, planted: list[int]) -> None:
    now, lin = timezone.now(), cast.lin.account_id
    with as_system("test") as system:
        assert not watch(by=system, now=now)
    touched(cast, planted[0])
    touched(cast, planted[1])
    with as_system("test") as system:
        assert (lin, Sign.CANARY) in [(one.account, one.sign) for one in watch(by=system, now=timezone.now())]
        assert not watch(by=system, now=timezone.now())
    for other in (cast.lin, cast.auditor, cast.system_admin):
        with other.acting():
            assert not Alarm.objects.exists()
    with cast.security_admin.acting() as guard:
        (alarm,) = unanswered().filter(sign=Sign.CANARY)
        path = f"/privacy/unusual/{lin}/{alarm.day.isoformat()}/"
        client = signed_in(cast.security_admin)
        assert path in client.get("/privacy/").content.decode()
        assert client.get(path).status_code == 200
        review_looks(account=lin, day=alarm.day, signs=[Sign.CANARY], outcome=Outcome.EXPLAINED, text="", by=guard,
                     now=timezone.now())  # fmt: skip
        assert not unanswered().filter(account=lin, sign=Sign.CANARY).exists()


def test_who_has_an_address_is_written_to_without_a_name(cast: Cast, planted: list[int]) -> None:
    with cast.security_admin.acting():
        Account.objects.filter(pk=cast.security_admin.account_id).update(email="guard@example.org")
    touched(cast, planted[0])
    with as_system("test") as system:
        watch(by=system, now=timezone.now())
    with as_system("test"):
        (message,) = Message.objects.filter(subject="alarms")
        assert not re.search(r"canar|金丝雀|account|账号", message.text)


def test_the_page_makes_and_ends_them(cast: Cast) -> None:
    client = signed_in(cast.security_admin)
    with cast.security_admin.acting():
        community = Area.objects.get(pk=cast.grid_id).parent_id
    made = {"community": str(community), "number": "2", "phone": OFFICE}
    assert client.post("/privacy/canaries/", made | {"phone": "12"}).status_code == 422
    assert client.post("/privacy/canaries/", made).status_code == 302
    with cast.security_admin.acting():
        first, second = Canary.objects.order_by("pk")
    shown = client.get("/privacy/canaries/").content.decode()
    assert f"/privacy/canaries/{second.pk}/end/" in shown
    assert client.post(f"/privacy/canaries/{first.pk}/end/").status_code == 302
    for other in (cast.auditor, cast.wang, cast.lin):
        assert signed_in(other).get("/privacy/canaries/").status_code == 409
        assert "canaries" not in signed_in(other).get("/privacy/").content.decode()
