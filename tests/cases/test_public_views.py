"""The report of a resident; and everything nasty people and bad lines send."""

import re

import pytest
from django.db import DatabaseError, OperationalError
from django.test import Client
from django.utils import timezone

from tests.browse import hidden
from tests.cases.resident import KEY, file, number_of, page, picture, reported, resident, seen_by_all, send
from tests.cast import Cast, case
from wangge.access.action import Refused
from wangge.cases import actions
from wangge.cases.actions import intake
from wangge.cases.actions.moves import Said
from wangge.cases.actions.room import PER_PLACE
from wangge.cases.models import Contact, Photo
from wangge.files.actions import keep_photo
from wangge.places.queries import by_token

SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def test_a_report_leads_to_its_receipt_with_number_code_and_what_comes_next(cast: Cast) -> None:
    client = resident()
    address = reported(client, cast, photos=file(picture()), danger="on")
    receipt = page(client.get(f"{address}received/"))
    assert "We have it" in receipt
    assert re.search(r"Code <strong class=\"wg-number\">\d{3} \d{3}</strong>", receipt)
    assert "a grid worker goes to see it" in receipt
    (case,) = seen_by_all(cast)
    assert (case.text, case.state, case.urgent, case.anonymous, case.source) == (
        "楼道漏水",
        "verifying",
        True,
        True,
        "qr",
    )
    with cast.chief.acting():
        assert Photo.objects.filter(case=case).count() == 1


def test_the_code_is_shown_only_to_the_browser_that_sent_the_report(cast: Cast) -> None:
    client = resident()
    address = reported(client, cast)
    assert "wg_code_once" in client.cookies
    assert "the code is shown only now" not in page(resident().get(f"{address}received/"))


def test_the_form_works_without_scripts_and_carries_a_fresh_key(cast: Cast) -> None:
    client = resident()
    first, second = (page(client.get(f"/r/{cast.building_token}/")) for _ in range(2))
    assert hidden(first)["key"] != hidden(second)["key"]
    assert '<button type="submit" form="report"' in first


def test_a_place_found_by_its_name_leads_to_its_report(cast: Cast) -> None:
    with cast.chief.acting():
        name = by_token(cast.building_token)
    assert name is not None
    client = resident()
    found = page(client.get("/r/", {"q": name.name.split()[0]}))
    link = re.search(r'href="(/r/\w+/\?via=search)"', found)
    assert link is not None
    assert client.get(link[1]).status_code == 200
    assert hidden(page(client.get(link[1])))["via"] == "search"


def test_the_telephone_is_sealed_and_the_unit_never_sees_it(cast: Cast) -> None:
    client = resident()
    reported(client, cast, contact="phone", phone="138 0000 0000")
    (case,) = seen_by_all(cast)
    with cast.chief.acting():
        contact = Contact.objects.get(case=case)
        assert b"13800000000" not in bytes(contact.phone)
    with cast.zhao.acting():
        assert list(Contact.objects.all()) == []


def test_a_report_for_somebody_else_says_so(cast: Cast) -> None:
    reported(resident(), cast, contact="proxy")
    assert [case.source for case in seen_by_all(cast)] == ["proxy"]


def test_photos_of_the_report_are_shown_to_who_holds_the_link_and_to_nobody_else(cast: Cast) -> None:
    client = resident()
    address = reported(client, cast, photos=file(picture()))
    link = re.search(rf'href="({address}photo/\w+/)"', page(client.get(address)))
    assert link is not None
    photo = client.get(link[1])
    assert (photo.status_code, photo.headers["Content-Type"]) == (200, "image/jpeg")
    assert client.get(f"{link[1]}?small=1").status_code == 200
    other = reported(client, cast, key=KEY + "other")
    assert client.get(link[1].replace(address, other)).status_code == 404


def test_photos_among_colleagues_are_not_shown(cast: Cast) -> None:
    client = resident()
    address = reported(client, cast)
    number = number_of(client, address)
    with cast.acceptor.acting() as acceptor:
        kept = keep_photo(picture(), owner="case", now=timezone.now())
        said = Said("内部", photos=(kept,))
        actions.add_note(case(number), by=acceptor, now=timezone.now(), said=said)
    assert client.get(f"{address}photo/{kept.name}/").status_code == 404


NO_PHOTOS = {
    "svg": (SVG, "Photo 2: This file is not a photo we can read"),
    "text": (b"not a picture", "Photo 2: This file is not a photo we can read"),
    "bomb": (picture((13000, 13000)), "Photo 2: The photo has too many pixels"),
    "broken": (b"\xff\xd8\xff" + b"\0" * 100, "Photo 2: "),
    "twenty megabytes": (b"\0" * (20 << 20), "Photo 2: larger than 12 MB"),
}


def test_a_file_that_is_no_photo_is_named_and_the_words_are_kept(cast: Cast) -> None:
    for content, sentence in NO_PHOTOS.values():
        answer = send(resident(), cast.building_token, photos=[file(picture()), file(content)])
        assert answer.status_code == 422
        assert sentence in page(answer)
        assert "楼道漏水</textarea>" in page(answer)
    assert seen_by_all(cast) == []


def test_after_a_wrong_photo_the_same_form_is_taken(cast: Cast) -> None:
    client = resident()
    assert send(client, cast.building_token, photos=file(SVG)).status_code == 422
    assert send(client, cast.building_token, photos=file(picture())).status_code == 302
    assert len(seen_by_all(cast)) == 1


def test_six_photos_are_too_many(cast: Cast) -> None:
    answer = send(resident(), cast.building_token, photos=[file(picture()) for _ in range(6)])
    assert answer.status_code in {400, 422}
    assert seen_by_all(cast) == []


def test_a_double_click_makes_one_case_and_gives_the_same_receipt(cast: Cast) -> None:
    client = resident()
    first = send(client, cast.building_token, photos=file(picture()))
    second = send(client, cast.building_token, photos=file(picture()))
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert len(seen_by_all(cast)) == 1
    codes = {client.cookies["wg_code_once"].value.split(":")[0], first.cookies["wg_code_once"].value.split(":")[0]}
    assert len(codes) == 1


def test_the_same_form_with_other_words_is_asked_about_and_then_taken(cast: Cast) -> None:
    client = resident()
    send(client, cast.building_token)
    answer = send(client, cast.building_token, text="路灯不亮")
    assert answer.status_code == 409
    assert "路灯不亮</textarea>" in page(answer)
    fresh = hidden(page(answer))["key"]
    assert fresh != KEY
    assert send(client, cast.building_token, text="路灯不亮", key=fresh).status_code == 302
    assert [case.text for case in seen_by_all(cast)] == ["楼道漏水", "路灯不亮"]


def test_the_receipts_table_holds_no_token_and_no_code(cast: Cast, db: str) -> None:
    from django.db import connection

    client = resident()
    address = reported(client, cast)
    with cast.sun.acting(), connection.cursor() as cursor:
        cursor.execute("select answer::text from access_receipt")
        ((held,),) = cursor.fetchall()
    assert "secret" in held
    assert address.strip("/").split("/")[-1] not in held


def test_a_place_that_is_flooded_with_reports_still_shows_a_telephone(cast: Cast) -> None:
    with cast.chief.acting():
        for _ in range(PER_PLACE.most):
            PER_PLACE.spend(cast.building_token)
    answer = send(resident(), cast.building_token)
    assert answer.status_code == 429
    assert "call now" in page(answer)
    assert 'href="tel:' in page(answer)
    assert "楼道漏水</textarea>" in page(answer)


def test_the_same_form_sent_again_takes_nothing_from_what_a_place_may_send(cast: Cast) -> None:
    client = resident()
    with cast.chief.acting():
        for _ in range(PER_PLACE.most - 1):
            PER_PLACE.spend(cast.building_token)
    answers = [send(client, cast.building_token).status_code for _ in range(3)]
    assert answers == [302] * 3
    assert send(client, cast.building_token, key=KEY + "more", photos=file(picture())).status_code == 429
    assert len(seen_by_all(cast)) == 1


@pytest.mark.parametrize(
    ("problem", "status", "sentence"),
    [
        (Refused("The list was changed."), 409, "The list was changed."),
        (DatabaseError(), 500, "Nothing was changed. Try again"),
        (OperationalError(), 503, "The database does not answer right now"),
    ],
)
def test_a_report_that_fails_on_the_way_leaves_nothing_and_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, problem: Exception, status: int, sentence: str
) -> None:
    def fails(*_given: object) -> None:
        raise problem

    with monkeypatch.context() as patched:
        patched.setattr(intake, "keep_photos", fails)
        answer = send(resident(), cast.building_token)
    assert (answer.status_code, sentence in page(answer)) == (status, True)
    assert seen_by_all(cast) == []
    assert send(resident(), cast.building_token).status_code == 302


def test_a_megabyte_of_text_is_refused_in_a_sentence_and_kept(cast: Cast) -> None:
    words = "漏" * 349_000
    answer = send(resident(), cast.building_token, text=words)
    assert answer.status_code == 422
    assert "This has 349000 characters; 2000 fit" in page(answer)
    assert words in page(answer)


def test_more_than_two_megabytes_are_refused_without_an_error_of_ours(cast: Cast) -> None:
    assert send(resident(), cast.building_token, text="x" * (3 << 20)).status_code == 400


STRANGE = {
    "😀🔥水管爆了👨‍👩‍👧": "😀🔥水管爆了👨‍👩‍👧",
    "مياه تتسرب": "مياه تتسرب",
    "漏水\u202egnp.exe": "漏水gnp.exe",
    "漏\x00水\x07": "漏水",
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "'; drop table cases_case; --": "'; drop table cases_case; --",
    "{{ 7|add:7 }} {% debug %}": "{{ 7|add:7 }} {% debug %}",
}


def test_strange_words_are_taken_as_words(cast: Cast) -> None:
    client = resident()
    for at, typed in enumerate(STRANGE):
        address = reported(client, cast, text=typed, key=f"{KEY}{at}")
        assert "<script>alert" not in page(client.get(address))
    assert [case.text for case in seen_by_all(cast)] == list(STRANGE.values())


def test_an_empty_report_is_asked_for_one_sentence(cast: Cast) -> None:
    for text in ("", "   ", "\x00", "\u202e", "\r\n"):
        answer = send(resident(), cast.building_token, text=text)
        assert answer.status_code == 422
        assert page(answer).count("Write one sentence about what is wrong") == 2


MISTAKES: tuple[tuple[dict[str, str], str], ...] = (
    ({"contact": "phone", "phone": "1380000"}, "The mobile number is 4 digits short: it has 11"),
    ({"contact": "phone", "phone": ""}, "No number has been entered"),
    ({"contact": "none", "phone": "13800000000"}, "You wrote a number but chose to leave none"),
    ({"contact": "nonsense"}, "Choose one of the three"),
    ({"category": "no.such.thing"}, "Choose one of the list, or none"),
    ({"category": "\x00"}, "Choose one of the list, or none"),
)


def test_each_mistake_is_said_and_nothing_typed_is_lost(cast: Cast) -> None:
    for given, sentence in MISTAKES:
        answer = send(resident(), cast.building_token, **given)
        assert answer.status_code == 422
        assert sentence in page(answer)
        assert "楼道漏水</textarea>" in page(answer)


def test_a_key_that_is_no_key_is_replaced(cast: Cast) -> None:
    client = resident()
    for key in ("", "short", "x" * 500, "with\x00nul-and-more-more", "空空空空空空空空空空空空空空空空空"):
        assert send(client, cast.building_token, key=key).status_code == 302
    assert len(seen_by_all(cast)) == 5


UNKNOWN = ("/r/x/", "/t/x/", "/t/x/received/", "/t/x/add/", "/t/x/rate/solved/", "/t/x/photo/abc/", "/t/x/reopen/")
NO_TOKENS = ("/r/%00/", "/t/%00/", "/r/%F0%9F%94%A5/", "/r/../../etc/passwd/", f"/t/{'a' * 5000}/")
QUERIES = ("\x00", "%", "_", "'", "\\", "a" * 5000, "😀", "\u202e", " " * 100, "a b c d e f g h")


def test_an_unknown_address_leads_on_by_search_and_telephone(cast: Cast) -> None:
    for path in UNKNOWN:
        answer = resident().get(path)
        assert answer.status_code == 404
        assert 'action="/r/"' in answer.content.decode()
        assert 'href="tel:' in answer.content.decode()


def test_addresses_that_are_no_tokens_are_not_found(cast: Cast) -> None:
    assert [resident().get(path).status_code for path in NO_TOKENS] == [404] * len(NO_TOKENS)


def test_any_search_gets_an_answer(cast: Cast) -> None:
    assert [resident().get("/r/", {"q": query}).status_code for query in QUERIES] == [200] * len(QUERIES)


def test_a_wrong_method_changes_nothing_and_is_told_so(cast: Cast) -> None:
    client = resident()
    for method in ("put", "patch", "delete", "options"):
        answer = getattr(client, method)(f"/r/{cast.building_token}/")
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")
    assert client.post("/r/", {"q": "x"}).status_code == 405


def test_a_form_from_elsewhere_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    assert send(client, cast.building_token).status_code == 403
    assert seen_by_all(cast) == []
