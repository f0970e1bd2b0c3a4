"""A day told in a running demo: real actions, each in the session of somebody who may do it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from tests.cast import Cast
from wangge.access.context import NoSession, acting
from wangge.cases.models import Case, Step
from wangge.cases.words import VERBS
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.web.commands.story import sentence, tell
from wangge.web.demo import mark
from wangge.web.demo.story import Day, Told
from wangge.web.trouble import Trouble

REPORTS = 6


def at_once(_minute: int) -> datetime:
    return timezone.now()


@pytest.fixture
def day(cast: Cast) -> Iterator[Day]:
    day = Day(REPORTS, 3)
    yield day
    day.end()


def test_every_step_of_the_day_is_an_action_of_a_person(day: Day) -> None:
    told = list(day.play(at_once))
    assert REPORTS * 3 < len(told) <= day.length
    assert [one.minute for one in told] == sorted(one.minute for one in told)
    assert [one for one in told if one.refused] == []
    assert {one.role for one in told} >= {"resident", "grid_worker", "acceptor", "dispatcher", "handler", "checker"}
    with as_system("test"):
        assert Case.objects.count() == REPORTS
        assert {case.state for case in Case.objects.all()} <= {"closed", "self_handled", "not_accepted"}
        assert Step.objects.count() == len(told)
        assert not Step.objects.filter(actor__username="system").exists()
        moves = Entry.objects.filter(verb__startswith="case.")
        assert moves.count() == len(told)


def test_the_sentences_are_plain(day: Day) -> None:
    said = [sentence(one, {"acceptor": "受理员"}) for one in day.play(at_once)]
    assert all(line[2] == ":" and line[5:7] == "  " for line in said)
    assert any("受理员" in line and "（虚构）" in line and str(VERBS["accept"].label) in line for line in said)


def test_after_midnight_the_clock_says_so() -> None:
    told = Told(25 * 60 + 5, "accept", "某某（虚构）", "acceptor", "261122-021287", "学府坊 21幢", "")
    assert sentence(told, {}).startswith("01:05  " + gettext("the next day") + " · 某某")
    assert gettext("the next day") not in sentence(replace(told, minute=23 * 60), {})


def test_a_story_that_is_stopped_leaves_no_session_open(day: Day) -> None:
    steps = day.play(at_once)
    for _ in range(5):
        next(steps)
    tokens = list(day._sessions.values())
    day.end()
    for token in tokens:
        with pytest.raises(NoSession), acting(token):
            pass


def test_no_story_is_told_where_people_work(cast: Cast) -> None:
    assert not mark.is_demo()
    with pytest.raises(Trouble):
        tell(1e9, 1)
