"""The work lists: who sees what, filters, paging, bulk moves and their undoing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.browse import signed_in
from tests.cases.made import accepted, dispatched, handled, reported
from tests.cast import Cast, case
from wangge.cases.models import Step
from wangge.cases.queries import desk as lists

QUERIES_OF_A_LIST = 14


def shown(client: Client, path: str) -> list[str]:
    """Numbers of the rows on a page, in their order."""
    page = client.get(path)
    assert page.status_code == 200
    return [each["case"].number for each in page.context["rows"]]


def test_a_report_stands_on_the_intake_desk_and_not_on_the_others(cast: Cast) -> None:
    number = reported(cast)
    chief = signed_in(cast.chief)
    assert [shown(chief, f"/desk/{desk}/") for desk in ("intake", "dispatch", "check", "all")] == [
        [number], [], [], [number],
    ]  # fmt: skip


def test_each_desk_shows_the_states_of_the_table(cast: Cast) -> None:
    waiting = accepted(cast, reported(cast, "一"))
    at_work = dispatched(cast, accepted(cast, reported(cast, "二")))
    done = handled(cast, dispatched(cast, accepted(cast, reported(cast, "三"))))
    found = [
        shown(signed_in(cast.dispatcher), "/desk/dispatch/"),
        shown(signed_in(cast.zhao), "/desk/unit/"),
        shown(signed_in(cast.checker), "/desk/check/"),
        shown(signed_in(cast.other_unit), "/desk/unit/"),
    ]
    assert found == [[waiting], [at_work], [done], []]


def test_a_desk_of_another_post_is_refused_and_an_unknown_one_is_not_there(cast: Cast) -> None:
    zhao = signed_in(cast.zhao)
    assert [zhao.get(f"/desk/{desk}/").status_code for desk in ("unit", "intake", "nonsense")] == [200, 409, 404]


def test_who_is_not_signed_in_is_sent_to_the_door(cast: Cast) -> None:
    answer = Client().get("/desk/intake/")
    assert (answer.status_code, "next=/desk/intake/" in answer.headers["Location"]) == (302, True)


def test_signing_in_leads_to_ones_own_desk(cast: Cast) -> None:
    people = (cast.acceptor, cast.dispatcher, cast.zhao, cast.checker)
    places = [signed_in(person).get("/desk/").headers["Location"] for person in people]
    assert places == ["/desk/intake/", "/desk/dispatch/", "/desk/unit/", "/desk/check/"]


def asked(client: Client, rows: int) -> int:
    """How many statements the list takes; the fewest of three, since what is remembered is renewed by the clock."""
    counted = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            assert len(shown(client, "/desk/intake/")) == rows
        counted.append(len(queries))
    return min(counted)


def test_a_list_asks_the_same_number_of_questions_for_one_row_and_for_three(cast: Cast) -> None:
    client = signed_in(cast.acceptor)
    reported(cast, "路灯不亮")
    client.get("/desk/intake/")
    one = asked(client, 1)
    reported(cast, "井盖晃动", far=True)
    reported(cast, "垃圾桶满了")
    assert (asked(client, 3), one <= QUERIES_OF_A_LIST) == (one, True)


BOTH = ["井盖没了", "路灯不亮"]
FILTERS = {
    "danger=1": ["井盖没了"], "q=路灯": ["路灯不亮"], "q=%25": [], "q=nothing": [], "state=reported": [],
    "state=nonsense": BOTH, "source=web": BOTH, "source=paper": [], "due=over": [],
    "since=2001-01-01&until=2001-02-01": [], "since=2001-01-01": BOTH, "q=%00": BOTH,
    "since=nonsense&area=nonsense&unit=-1&after=1.x": BOTH, "after=999999999999999999999999.1": BOTH,
}  # fmt: skip


def test_filters_of_the_address_narrow_the_list(cast: Cast) -> None:
    now = timezone.now()
    reported(cast, "路灯不亮", at=now - timedelta(minutes=1))
    reported(cast, "井盖没了", danger=True, at=now)
    client = signed_in(cast.acceptor)
    found = {}
    for query in FILTERS:
        page = client.get(f"/desk/intake/?{query}")
        found[query] = sorted(each["case"].text for each in page.context["rows"])
    assert found == FILTERS


def test_the_area_filter_takes_in_what_lies_below(cast: Cast) -> None:
    near, far = reported(cast), reported(cast, far=True)
    client = signed_in(cast.acceptor)
    with cast.acceptor.acting():
        community = case(near).area.parent_id
    found = [shown(client, f"/desk/intake/?area={area}") for area in (cast.grid_id, community, cast.far_grid_id)]
    assert found == [[near], [near], [far]]


def test_a_number_is_found_as_it_is_read_out(cast: Cast) -> None:
    number = reported(cast)
    reported(cast)
    client = signed_in(cast.acceptor)
    typed = (number, number.replace("-", ""), f"{number[:6]} {number[7:]}")
    assert [shown(client, f"/desk/all/?q={text}") for text in typed] == [[number]] * 3


def test_paging_shows_every_case_once_while_others_come_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PAGE", 2)
    start = timezone.now() - timedelta(minutes=10)
    numbers = [reported(cast, str(i), at=start + timedelta(seconds=i)) for i in range(5)]
    client = signed_in(cast.acceptor)
    seen: list[str] = []
    url = ""
    for turn in range(4):
        page = client.get(f"/desk/intake/{url}")
        seen += [each["case"].number for each in page.context["rows"]]
        url = page.context["more_url"] or "?after=9999999999999999.9"
        reported(cast, f"new {turn}", at=start - timedelta(minutes=turn + 1))
    assert (seen[:5], len(set(seen))) == (numbers, len(seen))


def test_each_of_many_is_accepted_with_its_own_category_or_says_why_not(cast: Cast) -> None:
    light, cover, riddle = reported(cast, "路灯不亮"), reported(cast, "井盖松动"), reported(cast, "嗯")
    client = signed_in(cast.acceptor)
    page = client.post("/desk/bulk/", {"verb": "accept", "case": [light, cover, riddle], "next": "/desk/intake/"})
    with cast.acceptor.acting():
        states = [(case(n).state, bool(case(n).category_code)) for n in (light, cover, riddle)]
    assert states == [("accepted", True), ("accepted", True), ("verifying", False)]
    assert [each.number for each in page.context["refused"]] == [riddle]


def test_a_bulk_move_is_undone_case_by_case(cast: Cast) -> None:
    numbers = [reported(cast, "路灯不亮"), reported(cast, "井盖松动")]
    client = signed_in(cast.acceptor)
    sent = client.post("/desk/bulk/", {"verb": "accept", "case": numbers, "next": "/desk/intake/"})
    assert (sent.status_code, sent.headers["Location"]) == (302, "/desk/intake/")
    undo_url = next(iter(client.get("/desk/intake/").context["messages"])).extra_tags
    undone = client.post(undo_url)
    with cast.acceptor.acting():
        verbs = list(Step.objects.filter(verb="take_back").order_by("id").values_list("case__number", flat=True))
        assert [case(number).state for number in numbers] == ["reported", "reported"]
    assert (undone.status_code, sorted(verbs)) == (302, sorted(numbers))


def test_many_are_dispatched_to_one_unit_after_it_was_asked_for(cast: Cast) -> None:
    numbers = [accepted(cast, reported(cast, text)) for text in ("水管爆了", "又一处")]
    client = signed_in(cast.dispatcher)
    asked = client.post("/desk/bulk/", {"verb": "dispatch", "case": numbers})
    assert (asked.status_code, asked.context["form"].suggested[0].choices[0].label) == (200, cast.water.name)
    given = {"verb": "dispatch", "case": numbers, "answered": "1", "key": "k", "organisation": cast.water.pk}
    sent = client.post("/desk/bulk/", given)
    assert sent.status_code == 302
    with cast.dispatcher.acting():
        assert [(case(number).state, case(number).lead_id) for number in numbers] == [
            ("dispatched", cast.water.pk), ("dispatched", cast.water.pk),
        ]  # fmt: skip


def test_a_bulk_move_sent_twice_is_made_once(cast: Cast) -> None:
    number = reported(cast, "路灯不亮")
    client = signed_in(cast.acceptor)
    given = {"verb": "accept", "case": [number], "key": "one-list", "next": "/desk/intake/"}
    assert [client.post("/desk/bulk/", given).status_code for _ in range(2)] == [302, 302]
    with cast.acceptor.acting():
        assert Step.objects.filter(case__number=number, verb="accept").count() == 1


def test_nobody_moves_a_case_of_another_area_by_its_number(cast: Cast) -> None:
    number = reported(cast, far=True)
    client = signed_in(cast.lin)
    client.post("/desk/bulk/", {"verb": "accept", "case": [number]})
    with cast.acceptor.acting():
        assert case(number).state == "verifying"


def test_the_menu_counts_what_waits_and_an_empty_desk_says_so(cast: Cast) -> None:
    client = signed_in(cast.acceptor)
    empty = client.get("/desk/intake/")
    assert "Nothing waits here" in empty.content.decode()
    reported(cast)
    page = client.get("/desk/intake/")
    counts = {entry["code"]: entry["count"] for entry in page.context["menu"] if entry.get("code")}
    assert counts == {"intake": 1, "over": 0}
    assert page.context["figures"] == lists.Figures(total=1, danger=0, near=0, over=0)


def test_what_is_counted_is_what_the_lists_hold(cast: Cast) -> None:
    now = timezone.now()
    for days, danger in ((9, True), (9, False), (0, True), (0, False)):
        at = now - timedelta(days=days)
        reported(cast, at=at, danger=danger)
        accepted(cast, reported(cast, at=at, danger=danger, far=True))
        dispatched(cast, accepted(cast, reported(cast, at=at, danger=danger)))
        handled(cast, dispatched(cast, accepted(cast, reported(cast, at=at, danger=danger))))
    counted = 0
    for person in (cast.acceptor, cast.chief, cast.dispatcher, cast.checker, cast.zhao, cast.other_unit, cast.lin):
        with person.acting() as actor:
            for desk in lists.desks_of(actor):
                held = [row for row in lists.of_desk(desk, actor) if row.state in lists.OPEN_STATES]
                over = [row for row in held if row.due_at < now and row.done_at is None]
                near = [row for row in held if row.due_at >= now and now - row.stage_at >= row.due_at - now]
                expected = lists.Figures(len(held), sum(row.urgent for row in held), len(near), len(over))
                tally = lists.tally(actor, now, desk)
                assert (person, desk, tally.figures) == (person, desk, expected)
                assert tally.waiting.get(desk, len(held)) == len(held)
                counted += len(held)
    assert counted > 50


def test_a_page_has_one_primary_button_at_most(cast: Cast) -> None:
    number = reported(cast, "路灯不亮")
    client = signed_in(cast.acceptor)
    paths = (
        "/desk/intake/",
        f"/desk/intake/?case={number}",
        f"/case/{number}/",
        f"/case/{number}/do/accept/",
        "/register/",
    )
    assert [client.get(path).content.decode().count("wg-primary") for path in paths] == [0, 1, 1, 1, 1]
