"""The reporter hears of it when a number was left, once per entry, and not otherwise."""

from django.utils import timezone

from tests.cases.made import run_the_outbox
from tests.cast import Cast, case
from wangge.cases import actions
from wangge.delivery.models import Message
from wangge.jobs.system import as_system
from wangge.places.queries import by_token


def reported(cast: Cast, phone: str) -> str:
    with cast.sun.acting() as sun:
        place = by_token(cast.building_token)
        assert place is not None
        given = actions.Report(place, "路灯不亮", phone=phone)
        number = actions.report(given, by=sun, now=timezone.now()).case.number
    with cast.acceptor.acting() as acceptor:
        actions.accept(case(number), category="roads.street_light", by=acceptor, now=timezone.now())
    return number


def test_who_left_a_number_is_told_once(cast: Cast) -> None:
    number = reported(cast, "13800000000")
    run_the_outbox()
    with as_system("look"):
        assert [(m.subject, m.state, number in m.text) for m in Message.objects.all()] == [
            (f"case:{number}", "queued", True)
        ]
        assert b"13800000000" not in bytes(Message.objects.get().recipient)


def test_who_left_none_is_not_written_to(cast: Cast) -> None:
    reported(cast, "")
    run_the_outbox()
    with as_system("look"):
        assert Message.objects.count() == 0
