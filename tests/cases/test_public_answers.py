"""Progress, answers and the way by number and code, as a resident sees them."""

import re

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.browse import signed_in
from tests.cases import made
from tests.cases.resident import KEY, number_of, page, reported, resident, seen_by_all
from tests.cast import Cast, case
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.cases.models import Case, Step
from wangge.cases.views.public_answer import PER_CASE
from wangge.ledger.models import Entry


def test_the_progress_names_the_unit_and_no_person_and_no_word_among_colleagues(cast: Cast) -> None:
    client = resident()
    address = reported(client, cast)
    number = number_of(client, address)
    made.accepted(cast, number)
    made.dispatched(cast, number)
    with cast.acceptor.acting() as acceptor:
        actions.add_note(
            case(number), by=acceptor, now=timezone.now(), said=Said("只给同事看"),
        )  # fmt: skip
    shown = page(client.get(address))
    assert cast.water.name in shown
    assert "只给同事看" not in shown
    with cast.chief.acting():
        names = [person.account.name for person in (cast.acceptor, cast.dispatcher, cast.zhao)]
        assert Step.objects.filter(case__number=number, note="只给同事看").count() == 1
    assert [name for name in names if name in shown] == []


def revisiting(client: Client, cast: Cast) -> tuple[str, str]:
    address = reported(client, cast)
    number = number_of(client, address)
    made.handled(cast, made.dispatched(cast, made.accepted(cast, number)))
    with cast.checker.acting() as checker:
        actions.pass_check(case(number), by=checker, now=timezone.now())
    return address, number


def state(cast: Cast, number: str) -> str:
    with cast.chief.acting():
        return case(number).state


def test_looking_at_an_answer_does_not_give_it(cast: Cast) -> None:
    client = resident()
    address, number = revisiting(client, cast)
    for answer in ("solved", "partly", "unsolved"):
        assert client.get(f"{address}rate/{answer}/").status_code == 200
        assert client.head(f"{address}rate/{answer}/").status_code == 200
    assert state(cast, number) == "revisiting"


def test_solved_closes_and_a_finished_report_opens_again_with_a_reason(cast: Cast) -> None:
    client = resident()
    address, number = revisiting(client, cast)
    assert client.post(f"{address}rate/solved/", {"key": KEY + "s"}).status_code == 302
    assert state(cast, number) == "closed"
    assert client.post(f"{address}reopen/", {"key": KEY + "2", "note": "又漏了"}).status_code == 422
    given = {"key": KEY + "3", "note": "又漏了", "reason": "reopened.came_back"}
    assert client.post(f"{address}reopen/", given).status_code == 302
    assert state(cast, number) == "reopened"


def test_not_solved_needs_a_sentence_and_keeps_the_number(cast: Cast) -> None:
    client = resident()
    address, number = revisiting(client, cast)
    asked = client.post(f"{address}rate/unsolved/", {"key": KEY + "u", "note": ""})
    assert (asked.status_code, state(cast, number)) == (422, "revisiting")
    assert "Write one sentence" in asked.content.decode()
    assert client.post(f"{address}rate/unsolved/", {"key": KEY + "u", "note": "还在漏"}).status_code == 302
    assert state(cast, number) == "reopened"


def test_the_supervisors_reason_is_not_offered_to_residents(cast: Cast) -> None:
    client = resident()
    address, number = revisiting(client, cast)
    client.post(f"{address}rate/solved/", {"key": KEY + "s"})
    given = {"key": KEY + "2", "note": "x", "reason": "reopened.supervision"}
    assert client.post(f"{address}reopen/", given).status_code == 422
    assert state(cast, number) == "closed"


def test_answering_twice_with_one_form_answers_once(cast: Cast) -> None:
    client = resident()
    address, number = revisiting(client, cast)
    for _ in range(2):
        assert client.post(f"{address}rate/partly/", {"key": KEY + "p", "note": "差一点"}).status_code == 302
    with cast.chief.acting():
        assert Step.objects.filter(case__number=number, verb="rate_partly").count() == 1


def test_an_answer_that_comes_too_late_is_refused_with_the_words_kept(cast: Cast) -> None:
    client = resident()
    address = reported(client, cast)
    late = client.post(f"{address}rate/unsolved/", {"key": KEY + "x", "note": "还没来"})
    assert late.status_code == 409
    assert "还没来" in late.content.decode()


def test_a_word_more_reaches_the_case(cast: Cast) -> None:
    client = resident()
    address = reported(client, cast)
    assert client.post(f"{address}add/", {"key": KEY + "x", "note": "水更大了"}).status_code == 302
    assert "水更大了" in page(client.get(address))


def test_words_on_one_case_have_a_budget(cast: Cast) -> None:
    client = resident()
    address = reported(client, cast)
    with cast.chief.acting():
        for _ in range(PER_CASE.most):
            PER_CASE.spend(seen_by_all(cast)[0].number)
    assert client.post(f"{address}add/", {"key": KEY + "x", "note": "一"}).status_code == 429


def receipt(client: Client, cast: Cast) -> tuple[str, str]:
    address = reported(client, cast)
    code = client.cookies["wg_code_once"].value.split(":")[0]
    return number_of(client, address), code


def test_number_and_code_open_the_progress_for_reading_only(cast: Cast) -> None:
    number, code = receipt(resident(), cast)
    client = resident()
    assert client.post("/t/", {"number": number, "code": code}).headers["Location"] == "/t/by-code/"
    shown = page(client.get("/t/by-code/"))
    assert "楼道漏水" in shown
    assert "/add/" not in shown
    assert "/photo/" not in shown


def test_the_number_is_read_as_people_write_it(cast: Cast) -> None:
    number, code = receipt(resident(), cast)
    plain = number.replace("-", "")
    for typed in (plain, f"{plain[:6]} {plain[6:]}", plain.translate(str.maketrans("0123456789", "0123456789"))):
        assert resident().post("/t/", {"number": typed, "code": f"{code[:3]} {code[3:]}"}).status_code == 302


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(cast: Cast) -> None:
    number, code = receipt(resident(), cast)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    other = number[:-1] + ("1" if number[-1] == "0" else "0")
    answers = []
    for n, c in ((number, wrong), (other, code), (other, wrong)):
        answer = resident().post("/t/", {"number": n, "code": c})
        text = re.sub(r'(value|data-now)="[^"]*"', "", answer.content.decode())
        answers.append((answer.status_code, text))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 422


def test_the_tries_for_a_number_end(cast: Cast) -> None:
    number, code = receipt(resident(), cast)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    statuses = [resident().post("/t/", {"number": number, "code": wrong}).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    assert resident().post("/t/", {"number": number, "code": code}).status_code == 429


def test_what_is_no_number_or_no_code_is_said(cast: Cast) -> None:
    pairs = (("", ""), ("12", "123456"), ("\x00", "\x00"), ("９" * 12, "123456"), ("261122-000001", "12345a"))
    asked = [resident().post("/t/", {"number": number, "code": code}).status_code for number, code in pairs]
    assert asked == [422] * len(pairs)


def test_a_forged_cookie_opens_nothing(cast: Cast) -> None:
    number, _code = receipt(resident(), cast)
    client = resident()
    client.cookies["wg_code"] = f"{number}|{'00' * 32}:forged:forged"
    assert client.get("/t/by-code/").headers["Location"] == "/t/"


def test_without_a_secret_the_public_sees_no_case(cast: Cast) -> None:
    reported(resident(), cast)
    assert len(seen_by_all(cast)) == 1
    with cast.sun.acting():
        assert list(Case.objects.all()) == []


def test_staff_who_open_a_residents_page_are_residents_there(cast: Cast) -> None:
    client = signed_in(cast.zhou)
    address = reported(client, cast)
    assert client.get(address).status_code == 200
    with cast.auditor.acting():
        (entry,) = Entry.objects.filter(verb="case.report")
    assert entry.actor_id == cast.sun.account_id


def test_home_leads_to_report_progress_and_the_door_for_staff(cast: Cast) -> None:
    home = page(resident().get("/"))
    assert 'action="/r/"' in home
    assert 'action="/t/"' in home
    assert f'href="{reverse("account_login")}"' in home


CHOICES = {
    "/settings/language/?language=en&next=/r/": (["wg_language"], "/r/"),
    "/settings/size/?size=large&next=/t/": (["wg_size"], "/t/"),
    "/settings/size/?size=large&next=//evil.example/": (["wg_size"], "/"),
    "/settings/size/?size=huge&next=https://evil.example/": ([], "/"),
    "/settings/language/?language=../x&next=/a%0d%0aSet-Cookie:x": ([], "/a%0D%0ASet-Cookie:x"),
}


def test_language_and_size_are_remembered_and_lead_back_to_our_pages_only(db: str) -> None:
    for path, expected in CHOICES.items():
        answer = Client().get(path)
        assert answer.status_code == 302
        assert (list(answer.cookies), answer.headers["Location"]) == expected
