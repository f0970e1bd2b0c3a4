"""My day of a grid worker: what is left, what comes next, what was done."""

from datetime import datetime, timedelta

from django.utils import timezone

from tests.browse import signed_in
from tests.cast import Cast, case
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.cases.queries import my_day
from wangge.places.queries import by_token

now = timezone.now


def reported(cast: Cast, text: str, *, far: bool = False, at: datetime | None = None) -> str:
    with cast.sun.acting() as sun:
        place = by_token(cast.far_building_token if far else cast.building_token)
        assert place is not None
        return str(actions.report(actions.Report(place, text), by=sun, now=at or now()).case.number)


def handled(cast: Cast, number: str) -> None:
    with cast.lin.acting() as lin:
        actions.verify(case(number), outcome="exists", by=lin, now=now())
    with cast.acceptor.acting() as acceptor:
        actions.accept(case(number), category="water.burst_pipe", by=acceptor, now=now())
    with cast.dispatcher.acting() as dispatcher:
        actions.dispatch(case(number), organisation=cast.water, by=dispatcher, now=now())
    with cast.zhao.acting() as zhao:
        actions.handle(case(number), by=zhao, now=now(), said=Said("换了一段水管"))


def test_what_is_left_are_the_cases_of_my_grids_by_deadline(cast: Cast) -> None:
    later = reported(cast, "路灯不亮")
    earlier = reported(cast, "楼道漏水", at=now() - timedelta(days=7))
    reported(cast, "别的网格", far=True)
    with cast.lin.acting() as lin:
        left = [(task.case.number, task.verb) for task in my_day.tasks(lin, now())]
    assert left == [(earlier, "verify"), (later, "verify")]


def test_what_a_unit_finished_waits_for_my_check(cast: Cast) -> None:
    number = reported(cast, "水管爆了")
    handled(cast, number)
    with cast.lin.acting() as lin:
        assert [(task.case.number, task.verb) for task in my_day.tasks(lin, now())] == [(number, "pass_check")]
    page = signed_in(cast.lin).get("/my/").content.decode()
    assert (f"/case/{number}/do/pass_check/" in page, f"/case/{number}/do/fail_check/" in page) == (True, True)


def test_what_i_solved_myself_is_not_mine_to_check(cast: Cast) -> None:
    number = reported(cast, "垃圾没清")
    with cast.lin.acting() as lin:
        actions.self_handle(case(number), by=lin, now=now(), said=Said("清掉了"))
        assert my_day.tasks(lin, now()) == []
        count, done = my_day.done_today(lin, now())
    assert (count, [step.verb for step in done]) == (1, ["self_handle"])


def test_the_next_thing_is_the_one_primary_button(cast: Cast) -> None:
    number = reported(cast, "楼道漏水")
    page = signed_in(cast.lin).get("/my/").content.decode()
    assert (page.count("wg-primary"), f"/case/{number}/do/verify/" in page) == (1, True)


def test_another_one_first_puts_it_last_and_drops_nothing(cast: Cast) -> None:
    first, second = reported(cast, "一", at=now() - timedelta(days=7)), reported(cast, "二")
    shown = signed_in(cast.lin).get(f"/my/?after={first}").context
    assert (shown["next"].case.number, [task.case.number for task in shown["rest"]]) == (second, [first])


def test_a_quiet_day_says_so(cast: Cast) -> None:
    answer = signed_in(cast.lin).get("/my/")
    assert (answer.status_code, answer.context["left"], "wg-says-good" in answer.content.decode()) == (200, 0, True)


def test_my_day_is_for_who_works_outside(cast: Cast) -> None:
    assert (signed_in(cast.zhao).get("/my/").status_code, signed_in(cast.wang).get("/my/").status_code) == (409, 200)
