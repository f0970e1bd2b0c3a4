"""The book has an entry if and only if something changed, stamped by the database, read in full by its readers."""

import os
import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.cast import Cast, Person, case
from tests.ledger.conftest import Connect
from wangge.access.action import Refused
from wangge.access.context import acting
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.cases.models import Step
from wangge.jobs.system import as_system
from wangge.ledger import outbox, seals
from wangge.ledger.models import Entry
from wangge.ledger.record import record
from wangge.places.queries import by_token

WRITERS = 8
EACH = 12_500 if os.environ.get("WANGGE_SOAK") else 15
VERB = "case.add_note"


def a_case(cast: Cast) -> str:
    with cast.sun.acting() as sun:
        place = by_token(cast.building_token)
        assert place is not None
        return actions.report(actions.Report(place, "路灯不亮"), by=sun, now=timezone.now()).case.number


def entries(subject: str) -> list[Entry]:
    with as_system("test"):
        return list(Entry.objects.filter(subject=subject).order_by("id"))


def test_an_action_leaves_one_entry_stamped_by_the_database(cast: Cast) -> None:
    number, before = a_case(cast), timezone.now()
    with cast.lin.acting() as lin:
        actions.verify(case(number), outcome="exists", by=lin, now=timezone.now())

    first, second = entries(f"case:{number}")

    assert (first.verb, first.actor_id, first.area_id) == ("case.report", cast.sun.account_id, cast.grid_id)
    assert (second.verb, second.actor_id, second.purpose) == ("case.verify", cast.lin.account_id, "duty")
    assert (second.facts["outcome"], second.facts["origin"]) == ("exists", "verifying")
    assert before - timedelta(seconds=1) < second.at < timezone.now() + timedelta(seconds=1)


def test_what_is_refused_or_fails_leaves_neither_entry_nor_change(cast: Cast) -> None:
    number = a_case(cast)
    with pytest.raises(Refused), cast.lin.acting() as lin:
        actions.accept(case(number), category="water.burst_pipe", by=lin, now=timezone.now())
    with pytest.raises(ZeroDivisionError), cast.lin.acting() as lin:
        actions.verify(case(number), outcome="exists", by=lin, now=timezone.now())
        raise ZeroDivisionError

    assert [entry.verb for entry in entries(f"case:{number}")] == ["case.report"]
    with cast.lin.acting():
        assert case(number).state == "verifying"


def write(person: Person, token: str, number: str, seed: int) -> int:
    """Notes on the case, every fourth of them rolled back; how many were kept."""
    draw, kept = random.Random(seed), 0
    try:
        for turn in range(EACH):
            try:
                with acting(token) as actor:
                    said = Said(f"{seed}-{turn}")
                    actions.add_note(case(number), by=actor, now=timezone.now(), said=said)
                    if draw.random() < 0.25:
                        raise ZeroDivisionError  # noqa: TRY301 - the failure a writer may meet after writing
                kept += 1
            except ZeroDivisionError:
                continue
    finally:
        connection.close()
    return kept


@pytest.mark.soak(minutes=16)
def test_eight_writers_one_entry_per_change_and_the_reader_misses_none(cast: Cast) -> None:
    numbers = [a_case(cast) for _ in range(WRITERS)]
    people = [
        cast.lin,
        cast.wang,
        cast.acceptor,
        cast.dispatcher,
        cast.checker,
        cast.chief,
        cast.second_chief,
        cast.town,
    ]
    read: list[outbox.News] = []
    outbox.reactions.setdefault(VERB, [])
    try:
        with ThreadPoolExecutor(WRITERS) as pool:
            writing = [
                pool.submit(write, who, who.token(), number, seed)
                for seed, (who, number) in enumerate(zip(people, numbers, strict=True))
            ]
            while not all(each.done() for each in writing):
                with as_system("test"):
                    outbox.drain(read.append, limit=7)
            kept = sum(each.result() for each in writing)
        for _ in range(1 + kept // 500):
            with as_system("test"):
                outbox.drain(read.append, limit=500)
    finally:
        del outbox.reactions[VERB]
    with as_system("test"):
        written = list(Entry.objects.filter(verb=VERB).values_list("id", flat=True))
        steps = set(Step.objects.filter(verb="add_note").values_list("id", flat=True))
        told = {entry.facts["step"] for entry in Entry.objects.filter(verb=VERB)}
    mine = [news.id for news in read if news.verb == VERB]
    print(f"I3: {WRITERS} writers, {kept} changes, {WRITERS * EACH - kept} rolled back, {len(mine)} read")
    assert (len(written), told) == (kept, steps)
    assert sorted(mine) == sorted(written)


def test_a_late_commit_is_not_passed_over(cast: Cast, connect: Connect) -> None:
    read: list[str] = []
    outbox.reactions.setdefault("test.late", [])
    try:
        with as_system("test"):
            outbox.drain(lambda news: read.append(news.subject))
        slow = connect("wg_app")
        slow.execute("select set_config('wg.token', %s, true)", [cast.lin.token()])
        slow.execute("insert into ledger_entry (verb, subject, facts) values ('test.late', 'slow', '{}')")
        with cast.zhou.acting():
            record("test.late", "quick", area_id=None, facts={})
        with as_system("test"):
            outbox.drain(lambda news: read.append(news.subject))
        between = list(read)
        slow.commit()
        with as_system("test"):
            outbox.drain(lambda news: read.append(news.subject))
    finally:
        del outbox.reactions["test.late"]
    assert (between, read) == ([], ["slow", "quick"])


def test_the_sealer_waits_for_a_late_commit_and_then_seals_it(cast: Cast, connect: Connect) -> None:
    with as_system("test"):
        seals.seal()
    slow = connect("wg_app")
    slow.execute("select set_config('wg.token', %s, true)", [cast.lin.token()])
    slow.execute("insert into ledger_entry (verb, subject, facts) values ('test.late', 'slow', '{}')")
    with as_system("test"):
        seals.seal()
        before = seals.verify()
    slow.commit()
    with as_system("test"):
        seals.seal()
        after = seals.verify()
    assert (before.whole, after.whole, after.entries - before.entries >= 1, after.unsealed) == (True, True, True, 0)


def test_a_reader_that_fails_reads_the_same_news_again(cast: Cast) -> None:
    outbox.reactions.setdefault("test.again", [])
    with cast.lin.acting():
        record("test.again", "x", area_id=None, facts={})

    def fails(_news: outbox.News) -> None:
        raise ZeroDivisionError

    read: list[int] = []
    try:
        with as_system("test"), pytest.raises(ZeroDivisionError), transaction.atomic():
            outbox.drain(fails)
        with as_system("test"):
            outbox.drain(lambda news: read.append(news.id))
    finally:
        del outbox.reactions["test.again"]
    assert len(read) == 1
