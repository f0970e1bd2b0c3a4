"""One case from a resident's door to a rated answer, through the actions alone."""

from django.utils import timezone

from tests.cast import Cast, case
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.cases.models import Step
from wangge.places.queries import by_token


def test_a_report_finds_its_way_home(cast: Cast) -> None:
    now = timezone.now
    with cast.sun.acting() as sun:
        place = by_token(cast.building_token)
        assert place is not None
        received = actions.report(actions.Report(place, "楼道漏水"), by=sun, now=now())
    number = received.case.number
    with cast.lin.acting() as lin:
        actions.verify(case(number), outcome="exists", by=lin, now=now())
    with cast.acceptor.acting() as acceptor:
        actions.accept(case(number), category="water.burst_pipe", by=acceptor, now=now())
    with cast.dispatcher.acting() as dispatcher:
        actions.dispatch(case(number), organisation=cast.water, by=dispatcher, now=now())
    with cast.zhao.acting() as zhao:
        actions.handle(case(number), by=zhao, now=now(), said=Said("换了一段水管"))
    with cast.checker.acting() as checker:
        actions.pass_check(case(number), by=checker, now=now())
    with cast.sun.acting(received.token) as sun:
        actions.rate_solved(case(number), by=sun, now=now())
    with cast.checker.acting():
        moves = list(Step.objects.filter(case__number=number).order_by("id").values_list("verb", "target"))
    assert moves == [
        ("report", "verifying"), ("verify", "reported"), ("accept", "accepted"), ("dispatch", "dispatched"),
        ("handle", "handled"), ("pass_check", "revisiting"), ("rate_solved", "closed"),
    ]  # fmt: skip
