"""What a process knows of the newest change: enough to say that nothing happened, never what did."""

import pytest

from tests.browse import signed_in
from tests.cases.made import reported
from tests.cast import Cast
from wangge.access.sessions import TOKEN, close_session
from wangge.cases.queries import watch


@pytest.fixture
def stamp(cast: Cast) -> int:
    with cast.lin.acting() as lin:
        return lin.stamp


def test_a_known_session_hears_that_nothing_happened_without_a_question_of_its_own(cast: Cast, stamp: int) -> None:
    known, token = watch.Watch(), cast.lin.token()
    assert not known.is_still(token, stamp)
    known.saw_open(token)
    assert known.is_still(token, stamp)


def test_any_change_anywhere_ends_the_stillness_for_everybody(cast: Cast, stamp: int) -> None:
    known, token = watch.Watch(), cast.zhou.token()
    known.saw_open(token)
    assert known.is_still(token, stamp)
    reported(cast)
    assert not known.is_still(token, stamp)


def test_a_change_is_seen_within_the_time_of_one_look(cast: Cast, stamp: int, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    monkeypatch.setattr(watch, "LOOK_EVERY", 0.25)
    known, token = watch.Watch(), cast.lin.token()
    known.saw_open(token)
    assert known.is_still(token, stamp)
    reported(cast)
    assert known.is_still(token, stamp)
    clock[0] += watch.LOOK_EVERY + 0.01
    assert not known.is_still(token, stamp)


def test_whether_a_session_is_open_is_asked_again_after_ten_seconds(
    cast: Cast, stamp: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    known, token = watch.Watch(), cast.lin.token()
    known.saw_open(token)
    clock[0] += watch.SESSION_EVERY + 0.01
    assert not known.is_still(token, stamp)


def test_a_closed_session_is_told_so_once_it_is_asked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(cast.lin)
    since = client.get("/desk/all/").context["stamp"]
    assert client.get(f"/changes?since={since}").status_code == 204
    close_session(client.session[TOKEN])
    assert client.get(f"/changes?since={since}").status_code == 204
    monkeypatch.setattr(watch, "SESSION_EVERY", -1.0)
    assert client.get(f"/changes?since={since}").status_code == 403


def test_the_sessions_that_are_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "MOST_SESSIONS", 3)
    known = watch.Watch()
    for number in range(10):
        known.saw_open(str(number))
    assert len(known.open) <= 3
