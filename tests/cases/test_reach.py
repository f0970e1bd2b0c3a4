"""What was made fast finds the same rows for the same people."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.browse import signed_in
from tests.cast import Cast, Person, case
from wangge.access.models import Reach
from wangge.access.sessions import close_session
from wangge.cases import actions
from wangge.cases.actions import intake
from wangge.cases.actions.moves import Said
from wangge.cases.models import Case, Step
from wangge.cases.queries import desk
from wangge.cases.queries.changes import News, glance
from wangge.cases.queries.desk import Wanted, narrowed, of_desk
from wangge.cases.queries.reach import FEW, close_to
from wangge.core import numbers
from wangge.places.queries import by_token

NOW = timezone.now()


def told(cast: Cast, text: str, *, far: bool = False) -> str:
    with cast.sun.acting() as sun:
        place = by_token(cast.far_building_token if far else cast.building_token)
        assert place is not None
        return actions.report(actions.Report(place, text), by=sun, now=timezone.now()).case.number


def found(person: Person, words: str) -> list[str]:
    with person.acting() as actor:
        rows = narrowed(of_desk("all", actor), Wanted(search=words), NOW)
        return sorted(rows.values_list("number", flat=True))


def test_two_characters_are_enough_to_search_by(cast: Cast) -> None:
    number = told(cast, "楼道漏水了")
    told(cast, "路灯不亮")
    assert found(cast.acceptor, "漏水") == [number]
    assert found(cast.acceptor, "水") == [number]
    assert found(cast.acceptor, "水漏") == []


def test_a_search_is_not_case_sensitive_and_takes_signs_as_they_are(cast: Cast) -> None:
    number = told(cast, "LED 100%_亮\\不亮")
    assert [found(cast.acceptor, words) for words in ("led", "100%_", "亮\\不")] == [[number]] * 3
    assert found(cast.acceptor, "1%0") == []


def test_a_search_finds_only_what_the_searcher_sees(cast: Cast) -> None:
    near, far = told(cast, "井盖缺失"), told(cast, "井盖缺失", far=True)
    assert found(cast.acceptor, "井盖缺失") == sorted([near, far])
    assert found(cast.lin, "井盖缺失") == [near]
    assert found(cast.zhou, "井盖缺失") == [far]
    assert found(cast.auditor, "井盖缺失") == []


def test_an_open_case_is_found_before_all_that_are_over(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = told(cast, "井盖缺失")
    over = told(cast, "井盖缺失")
    with cast.acceptor.acting() as acceptor:
        now = timezone.now()
        actions.not_accept(case(over), reason="not_accepted.same_pending", by=acceptor, now=now, said=Said("同一件事"))
    assert found(cast.acceptor, "井盖") == sorted([waits, over])
    monkeypatch.setattr(desk, "MOST_FOUND", 1)
    assert found(cast.acceptor, "井盖") == [waits]


def test_the_function_behind_the_search_gives_no_ids_of_others(cast: Cast) -> None:
    told(cast, "井盖缺失", far=True)
    with cast.zhou.acting(), connection.cursor() as cursor:
        cursor.execute("select count(*) from cases_holding('井盖', 10)")
        assert cursor.fetchone() == (1,)
    with cast.lin.acting(), connection.cursor() as cursor:
        cursor.execute("select count(*) from cases_holding('井盖', 10)")
        assert cursor.fetchone() == (0,)


def test_a_number_finds_by_its_beginning(cast: Cast) -> None:
    number = told(cast, "井盖缺失")
    assert number in found(cast.acceptor, number[:9])
    assert found(cast.acceptor, number.replace("-", "")) == [number]


def test_naming_the_reach_hides_and_shows_nothing(cast: Cast) -> None:
    told(cast, "井盖缺失")
    told(cast, "井盖缺失", far=True)
    for person in (cast.lin, cast.zhou, cast.wang, cast.acceptor, cast.zhao, cast.town, cast.auditor):
        with person.acting() as actor:
            every = set(Case.objects.values_list("pk", flat=True))
            assert set(close_to(Case.objects.all(), actor).values_list("pk", flat=True)) == every


def test_a_wide_reach_is_not_named(cast: Cast) -> None:
    with cast.acceptor.acting() as actor:
        root = next(iter(actor.areas_of(["acceptor"])))
        connection_sql = str(close_to(Case.objects.all(), actor).query)
        inside = Reach.objects.filter(ancestor_id=root).count()
    assert ("WHERE" in connection_sql) == (inside <= FEW)


def test_areas_are_looked_up_in_a_hash_and_words_in_their_index(cast: Cast) -> None:
    with cast.acceptor.acting(), connection.cursor() as cursor:
        cursor.execute("explain select id from cases_case where state = 'closed'")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "hashed" in plan


def test_a_taken_number_is_not_given_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = told(cast, "井盖缺失")
    free = numbers.case_number(timezone.localdate(), 1)
    draws = iter([taken, taken, free])
    monkeypatch.setattr(intake, "drawn", lambda _day: next(draws))
    assert told(cast, "路灯不亮") == free
    with cast.acceptor.acting():
        assert dict(Case.objects.values_list("number", "text")) == {taken: "井盖缺失", free: "路灯不亮"}
        assert Step.objects.count() == 2


def is_quiet(token: str, stamp: int) -> bool:
    news = glance(token, stamp)
    return news is not None and not news.cases


def test_a_poll_is_quiet_until_something_visible_changes(cast: Cast) -> None:
    with cast.lin.acting() as lin:
        stamp = lin.stamp
    token = cast.lin.token()
    told(cast, "井盖缺失", far=True)
    assert is_quiet(token, stamp)
    number = told(cast, "井盖缺失")
    news = glance(token, stamp)
    assert isinstance(news, News)
    assert news.cases == [number]
    assert news.stamp > stamp


def test_a_poll_is_not_quiet_for_a_session_that_ended_or_never_was(cast: Cast) -> None:
    with cast.lin.acting() as lin:
        stamp = lin.stamp
    token = cast.lin.token()
    close_session(token)
    assert (glance(token, stamp), glance("made up", stamp)) == (None, None)


def test_the_secret_of_a_poll_does_not_outlive_it(cast: Cast) -> None:
    assert is_quiet(cast.lin.token(), 2**62)
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('wg.token', true)")
        assert cursor.fetchone()[0] in ("", None)


def stamp_of_now(cast: Cast) -> int:
    with cast.lin.acting() as lin:
        return lin.stamp


@pytest.mark.parametrize("who", ["lin", "acceptor"])
def test_the_page_answers_204_and_then_the_news(cast: Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))
    address = f"/changes?since={stamp_of_now(cast)}"
    assert client.get(address).status_code == 204
    number = told(cast, "井盖缺失")
    answer = client.get(address)
    assert (answer.status_code, answer.json()["cases"]) == (200, [number])


def test_a_contact_is_seen_by_who_takes_reports_in_and_by_nobody_else(cast: Cast) -> None:
    with cast.sun.acting() as sun:
        place = by_token(cast.building_token)
        assert place is not None
        given = actions.Report(place, "井盖缺失", phone="13800001234")
        case = actions.report(given, by=sun, now=timezone.now() - timedelta(minutes=1)).case
    seen = {}
    for who in ("acceptor", "chief", "lin", "zhou", "zhao"):
        with getattr(cast, who).acting(), connection.cursor() as cursor:
            cursor.execute("select count(*) from cases_contact where case_id = %s", [case.pk])
            seen[who] = cursor.fetchone()[0]
    assert seen == {"acceptor": 1, "chief": 1, "lin": 0, "zhou": 0, "zhao": 0}
