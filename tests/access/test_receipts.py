"""A request that is sent twice: one effect, one answer; another body under the same key is refused."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from tests.cast import Cast
from wangge.access.budgets import Budget, Spent
from wangge.access.context import acting
from wangge.access.receipts import OtherBody, digest_of, once
from wangge.cases import actions
from wangge.cases.models import Case
from wangge.places.queries import by_token

TRIALS = 1_000 if os.environ.get("WANGGE_SOAK") else 5
AT_ONCE = 20


def test_the_same_key_gives_the_same_answer_without_a_second_effect(cast: Cast) -> None:
    effects: list[str] = []
    answers = []

    def effect() -> dict[str, int]:
        effects.append("done")
        return {"n": len(effects)}

    for _ in range(3):
        with cast.lin.acting() as lin:
            answers.append(once("key-1", {"a": 1}, effect, account_id=lin.account_id, now=timezone.now()))
    assert (answers, effects) == ([{"n": 1}] * 3, ["done"])


def test_another_body_under_the_key_is_refused(cast: Cast) -> None:
    with cast.lin.acting() as lin:
        once("key-1", {"a": 1}, dict, account_id=lin.account_id, now=timezone.now())
        with pytest.raises(OtherBody):
            once("key-1", {"a": 2}, dict, account_id=lin.account_id, now=timezone.now())


def test_the_same_key_of_somebody_else_is_another_key(cast: Cast) -> None:
    for person, body in ((cast.lin, 1), (cast.zhou, 2)):
        with person.acting() as actor:
            given = once("key-1", body, partial(dict, n=body), account_id=actor.account_id, now=timezone.now())
        assert given == {"n": body}


def test_what_was_rolled_back_may_be_sent_again(cast: Cast) -> None:
    def fails() -> dict[str, int]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), cast.lin.acting() as lin:
        once("key-1", {}, fails, account_id=lin.account_id, now=timezone.now())
    with cast.lin.acting() as lin:
        assert once("key-1", {}, lambda: {"n": 1}, account_id=lin.account_id, now=timezone.now()) == {"n": 1}


def test_an_answer_beyond_the_budget_is_undone_and_may_be_sent_again(cast: Cast) -> None:
    one, two = Budget("one", 1, 3600), Budget("two", 2, 3600)

    def given(key: str) -> dict[str, str]:
        with cast.lin.acting() as lin:
            now, within = timezone.now(), ((one, "a"), (two, "a"))
            return once(key, {}, lambda: {"of": key}, account_id=lin.account_id, now=now, within=within)

    assert [given("key-1"), given("key-1")] == [{"of": "key-1"}] * 2
    with pytest.raises(Spent):
        given("key-2")
    with cast.lin.acting():
        assert [two.has_left("a"), one.has_left("a")] == [True, False]
        one.refund("a")
    assert given("key-2") == {"of": "key-2"}


def test_the_order_of_a_bodys_fields_does_not_matter() -> None:
    assert digest_of({"a": 1, "b": "字"}) == digest_of({"b": "字", "a": 1})


def one_try(cast: Cast, token: str, trial: int, gate: Barrier) -> str:
    try:
        gate.wait()
        with acting(token) as sun:
            place = by_token(cast.building_token)
            assert place is not None
            report = actions.Report(place, f"第 {trial} 次")

            def answer() -> dict[str, str]:
                return {"number": actions.report(report, by=sun, now=timezone.now()).case.number}

            given = once(f"trial-{trial}", trial, answer, account_id=sun.account_id, now=timezone.now())
            return str(given["number"])
    finally:
        connection.close()


@pytest.mark.soak(minutes=5)
def test_twenty_at_once_make_one_effect_and_get_one_answer(cast: Cast) -> None:
    token = cast.sun.token()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for trial in range(TRIALS):
            gate = Barrier(AT_ONCE)
            numbers = list(pool.map(lambda _, t=trial, g=gate: one_try(cast, token, t, g), range(AT_ONCE)))
            assert len(set(numbers)) == 1
    with cast.lin.acting():
        assert Case.objects.filter(text__startswith="第 ").count() == TRIALS
    print(f"I4: {TRIALS} trials of {AT_ONCE} at once: {TRIALS} effects, one answer each")
