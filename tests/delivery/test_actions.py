"""Queue once, send, keep the receipt, try again, give up. All numbers are invented."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from tests.cast import Cast
from tests.delivery.conftest import Gateway
from wangge.access.context import actor_now
from wangge.delivery.actions import MOST_TRIES, queue, send
from wangge.delivery.models import Message
from wangge.vault import actions as vault
from wangge.vault.models import Compartment
from wangge.vault.queries import open_sealed, store

PHONE = "13800000001"


@pytest.fixture
def house(system: None, by_http: Gateway) -> Gateway:
    return by_http


def queued(key: str = "entry-1", *, phone: str = PHONE, channel: str = "sms") -> Message | None:
    return queue(phone, "It is done.", channel=channel, subject="case:1", area_id=None, key=key, by=actor_now(),
                 now=timezone.now())  # fmt: skip


def sent(message: Message) -> Message:
    send(actor_now(), message_id=message.pk)
    return Message.objects.get(pk=message.pk)


def made(key: str = "entry-1") -> Message:
    message = queued(key)
    assert message is not None
    return message


def jobs() -> list[tuple[str, float]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select task_name, coalesce(extract(epoch from scheduled_at - now()), 0)::float"
            " from procrastinate_jobs order by id"
        )
        return [(name, round(seconds, -1)) for name, seconds in cursor.fetchall()]


def test_the_same_key_twice_is_one_message_and_one_job(house: Gateway) -> None:
    first, second = queued(), queued(phone="13800000002")
    assert (first is not None, second, Message.objects.count(), jobs()) == (True, None, 1, [("delivery.send", 0.0)])


def test_a_message_is_sent_once_and_keeps_its_receipt(house: Gateway) -> None:
    message = sent(made())
    assert (message.state, message.receipt, message.tries, message.sent_at is not None) == ("sent", "R1", 1, True)
    assert sent(message).tries == 1
    assert [each["key"] for each in house.sent] == ["entry-1"]


def test_a_crash_before_the_commit_sends_again_under_the_same_key_and_gets_the_same_receipt(house: Gateway) -> None:
    message = made()
    send(actor_now(), message_id=message.pk)
    Message.objects.filter(pk=message.pk).update(state="queued", receipt="")
    assert sent(message).receipt == "R1"
    assert [each["key"] for each in house.sent] == ["entry-1", "entry-1"]


def test_what_was_not_taken_is_tried_again_later_and_later_and_given_up(house: Gateway) -> None:
    house.answer(503, b" ")
    message = made()
    states = [(sent(message).state, sent_tries(message)) for _ in range(MOST_TRIES)]
    assert states == [("queued", 1), ("queued", 2), ("queued", 3), ("queued", 4), ("failed", 5)]
    assert [seconds for _name, seconds in jobs()] == [0.0, 30.0, 60.0, 90.0, 120.0]
    assert (sent(message).tries, Message.objects.get().receipt, len(house.sent)) == (5, "HTTP 503", 5)


def sent_tries(message: Message) -> int:
    return Message.objects.get(pk=message.pk).tries


def test_a_message_that_got_through_the_second_time_is_sent(house: Gateway) -> None:
    house.answer(500, b" ")
    house.answer(200)
    message = made()
    assert [sent(message).state, sent(message).state] == ["queued", "sent"]


def test_a_number_that_does_not_exist_is_given_up_at_once(house: Gateway) -> None:
    house.answer(404, b"no such number 13800000001")
    message = sent(made())
    assert (message.state, message.tries, message.receipt, len(jobs())) == ("failed", 1, "HTTP 404", 1)


def test_the_recipient_is_sealed_and_opens_nowhere_else(house: Gateway) -> None:
    message = made()
    with connection.cursor() as cursor:
        cursor.execute(
            "select m::text, (select string_agg(j::text, ' ') from procrastinate_jobs j) from delivery_message m"
        )
        assert PHONE not in "".join(cursor.fetchone())
    sealed, where = bytes(message.recipient), {"table": "delivery_message", "column": "recipient"}
    assert open_sealed("reporters", sealed, row="entry-1", **where) == PHONE
    with pytest.raises(ValueError, match="another place"):
        open_sealed("reporters", sealed, row="entry-2", **where)


def test_nothing_personal_reaches_a_log_when_it_fails(house: Gateway, tmp_path: Path) -> None:
    from wangge.web import logs
    from wangge.web.settings import WANGGE

    logs.configure(tmp_path, debug=True)
    try:
        house.answer(404, b"13800000001")
        sent(made())
    finally:
        logs.configure(WANGGE.home / "log", debug=False)
    text = (tmp_path / "wangge.log").read_text(encoding="utf-8")
    assert ("message not delivered" in text, PHONE in text) == (True, False)


def test_after_the_key_is_destroyed_nothing_goes_out(house: Gateway) -> None:
    message, kept = made(), store()
    saved = {path: path.read_bytes() for place in kept.places for path in place.folder.iterdir()}
    vault.destroy(Compartment.objects.get(code="reporters"), now=timezone.now())
    try:
        failed = sent(message)
    finally:
        kept.tombstones.unlink()
        for path, content in saved.items():
            path.write_bytes(content)
    assert (failed.state, failed.receipt, house.sent) == ("failed", "KeyDestroyed", [])


def test_teams_see_the_messages_of_their_own_area_alone(cast: Cast) -> None:
    with cast.sun.acting():
        assert Message.objects.count() == 0
    from wangge.jobs.system import as_system

    with as_system("test") as actor:
        for at, area in enumerate((cast.grid_id, cast.far_grid_id)):
            queue(PHONE, "It is done.", channel="sms", subject="case:1", area_id=area, key=f"entry-{at}", by=actor,
                  now=timezone.now() - timedelta(minutes=at))  # fmt: skip
    with cast.lin.acting():
        assert list(Message.objects.values_list("key", flat=True)) == ["entry-0"]
    with cast.zhou.acting():
        assert list(Message.objects.values_list("key", flat=True)) == ["entry-1"]
    with cast.sun.acting():
        assert Message.objects.count() == 0
