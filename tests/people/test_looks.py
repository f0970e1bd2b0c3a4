"""Who looked is read by who watches: by purpose, field, post, grid and time; nobody's data stands there."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.cases.made import reported
from tests.cast import Cast
from tests.cast import Person as Somebody
from tests.conftest import QueriesOf
from tests.people.looking import Planted, plant
from tests.people.registering import NOW, registered
from wangge.core.looking import Sign
from wangge.ledger.models import Entry
from wangge.people.actions import open_field
from wangge.people.models import Person
from wangge.people.queries import looks as read
from wangge.people.queries import watching
from wangge.people.queries.looks import Wanted
from wangge.people.words import Kept
from wangge.web.postgres.cluster import Cluster

DAY = timedelta(days=1)
LATE = datetime(2026, 11, 19, 16, 0, tzinfo=UTC)
"""Midnight in China, with which the twentieth of November begins."""
ALWAYS = Wanted(datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


@pytest.fixture
def looked(cast: Cast) -> Person:
    """林 opened a telephone for a visit, with a task, and a name without one."""
    registered(cast)
    with cast.lin.acting() as lin:
        person = Person.objects.get()
        open_field(person, field=Kept.PHONE, purpose="visit", task="case:2026-000001", by=lin, now=NOW)
        open_field(person, field=Kept.NAME, purpose="register", by=lin, now=NOW)
    return person


def seen(who: Somebody, wanted: Wanted = ALWAYS) -> list[tuple[str, str, str, str]]:
    with who.acting():
        return [(one.role, one.purpose, one.field, one.task) for one in read.looks(wanted, size=50)]


def test_looks_are_read_by_who_watches_and_each_reads_the_own(cast: Cast, looked: Person) -> None:
    both = [("grid_worker", "register", "name", ""), ("grid_worker", "visit", "phone", "case:2026-000001")]
    everybody = ("lin", "wang", "zhou", "town", "chief", "zhao", "auditor", "system_admin", "security_admin")
    found = {name: seen(getattr(cast, name)) for name in everybody}
    assert found == {name: [] for name in everybody} | {"lin": both, "auditor": both, "security_admin": both}


def test_the_security_administrator_reads_looks_and_nothing_else_of_the_book(cast: Cast, looked: Person) -> None:
    with cast.security_admin.acting() as guard:
        others = Entry.objects.exclude(actor_id=guard.account_id)
        assert {entry.verb for entry in others} == {"person.open"}
    with cast.auditor.acting():
        assert Entry.objects.filter(verb="household.record").exists()


def test_each_filter_narrows(cast: Cast, looked: Person) -> None:
    def fields(**narrowed: Any) -> list[str]:
        return [look[2] for look in seen(cast.auditor, Wanted(ALWAYS.since, ALWAYS.until, **narrowed))]

    assert fields(purpose="visit") == ["phone"]
    assert fields(field="name") == ["name"]
    assert fields(role="secretary") == []
    assert fields(areas=(cast.grid_id,)) == ["name", "phone"]
    assert fields(areas=(cast.far_grid_id,)) == []
    assert fields(account=cast.lin.account_id) == ["name", "phone"]
    assert fields(account=cast.zhou.account_id) == []
    assert fields(without_task=True) == ["name"]


def test_pages_hold_each_look_once_also_those_of_one_moment(
    cast: Cast, cluster: Cluster, db: str, monkeypatch: pytest.MonkeyPatch, queries_of: QueriesOf
) -> None:
    plant(cluster, db, [Planted(LATE + timedelta(seconds=n // 3), cast.lin.account_id) for n in range(10)])
    monkeypatch.setattr(read, "CHUNK", 4)
    with cast.auditor.acting():
        whole = [one.entry for one in read.looks(ALWAYS, size=50)]
        assert [one.entry for one in read.each_look(ALWAYS)] == whole
        assert len(set(whole)) == read.count(ALWAYS) == 10
        with queries_of(1):
            assert len(read.looks(ALWAYS, size=3)) == 4


def test_looks_are_counted_by_purpose_field_post_and_task(cast: Cast, cluster: Cluster, db: str) -> None:
    plant(cluster, db, [
        Planted(LATE - 3 * DAY, cast.lin.account_id, task="case:1"),
        Planted(LATE - 10 * DAY, cast.wang.account_id, role="secretary", purpose="register", field="name"),
        Planted(LATE - 60 * DAY, cast.lin.account_id),
        Planted(LATE - 100 * DAY, cast.lin.account_id),
    ])  # fmt: skip
    with cast.auditor.acting():
        found = watching.counted(LATE)
    assert found.total == (1, 2, 3)
    assert found.purposes == {"visit": (1, 1, 2), "register": (0, 1, 1)}
    assert found.fields == {"phone": (1, 1, 2), "name": (0, 1, 1)}
    assert found.roles == {"grid_worker": (1, 1, 2), "secretary": (0, 1, 1)}
    assert found.without_task == (0, 1, 2)


def test_what_stands_out_on_a_day_by_local_time(cast: Cast, cluster: Cluster, db: str, queries_of: QueriesOf) -> None:
    lin, zhou, wang = cast.lin.account_id, cast.zhou.account_id, cast.wang.account_id
    noon = LATE + timedelta(hours=12)
    usual = [Planted(noon - day * DAY, zhou, task="t") for day in range(1, 6) for _ in range(5)]
    plant(cluster, db, [
        *usual,
        *(Planted(noon, lin, task="case:1") for _ in range(20)),
        *(Planted(LATE + timedelta(hours=5), zhou, task="case:1") for _ in range(4)),
        *(Planted(LATE + timedelta(hours=22), zhou, task="case:1") for _ in range(1)),
        *(Planted(noon, wang, role="secretary", area=area) for area in range(6)),
    ])  # fmt: skip
    with cast.security_admin.acting(), queries_of(3):  # looks, alarms, answers
        found = {one.account: one for one in watching.standing_out(datetime(2026, 11, 20, tzinfo=UTC).date(), LATE,
                                                                  budget=60)}  # fmt: skip
    assert found[lin].signs == (Sign.FAR_ABOVE,)
    assert found[lin].looked.usual == 5
    assert found[zhou].signs == (Sign.NIGHT,)
    assert found[wang].signs == (Sign.MANY_GRIDS,)
    assert len(found) == 3
    with cast.auditor.acting():
        assert not watching.standing_out(datetime(2026, 11, 19, tzinfo=UTC).date(), LATE - DAY, budget=60)
        assert watching.standing_out(datetime(2026, 11, 19, tzinfo=UTC).date(), LATE - DAY, budget=5)


def test_the_age_of_data_is_counted_for_who_watches_only(cast: Cast) -> None:
    registered(cast)
    today = NOW.date()
    with cast.auditor.acting():
        ages = watching.ages(today)
        later = watching.ages(today + 400 * DAY)
    assert sum(age.fresh for age in ages) == sum(age.old for age in later) == 1
    assert sum(age.ageing for age in ages) == 0
    assert all(age.homes == age.fresh + age.ageing + age.old + age.unknown for age in ages)
    for other in (cast.wang, cast.chief, cast.system_admin, cast.sun):
        with other.acting():
            assert watching.ages(today) == []


def test_the_reporters_number_is_a_look_like_any_other(cast: Cast) -> None:
    from wangge.cases.actions import open_contact
    from wangge.cases.models import Case

    number = reported(cast, phone="13800000001")
    with cast.acceptor.acting() as acceptor:
        open_contact(Case.objects.get(number=number), purpose="call_back", by=acceptor, now=NOW)
    assert seen(cast.auditor) == [("acceptor", "call_back", "contact", f"case:{number}")]


def test_the_holder_of_a_report_is_told_who_opened_the_number_and_nobody_else_is(cast: Cast) -> None:
    from wangge.access.context import hold
    from wangge.cases import actions as cases
    from wangge.cases.models import Case
    from wangge.cases.queries.tracking import opened
    from wangge.places.queries import by_token

    links = []
    with cast.sun.acting() as sun:
        place = by_token(cast.building_token)
        assert place is not None
        for _report in range(2):
            told = cases.report(cases.Report(place, "路灯不亮", phone="13800000001"), by=sun, now=NOW)
            links.append((told.case.number, told.token))
    with cast.acceptor.acting() as acceptor:
        first = Case.objects.get(number=links[0][0])
        for _time in range(2):
            cases.open_contact(first, purpose="call_back", by=acceptor, now=NOW)
        assert opened() == ()  # who works here holds no link
    for at, (_number, link) in enumerate(links):
        with cast.sun.acting():
            assert opened() == ()
            hold(link)
            told_of = [(one.role, one.purpose) for one in opened()]
            assert told_of == [("受理员", "联系报事人问清楚")] * (2, 0)[at]
