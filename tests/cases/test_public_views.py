"""The resident's pages: report, receipt, progress, answer; and everything nasty people and bad lines send."""

import io
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.browse import hidden, signed_in
from tests.cases import made
from tests.cast import Cast, case
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.cases.models import Case, Contact, Photo, Step
from wangge.cases.views.public_answer import PER_CASE
from wangge.cases.views.public_receive import PER_PLACE
from wangge.files.actions import keep_photo
from wangge.ledger.models import Entry
from wangge.places.queries import by_token

KEY = "a-key-of-this-form-0001"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def resident(language: str = "en") -> Client:
    client = Client()
    client.cookies["wg_language"] = language
    return client


def picture(size: tuple[int, int] = (40, 30), kind: str = "PNG") -> bytes:
    held = io.BytesIO()
    Image.new("1" if size[0] > 5000 else "RGB", size).save(held, kind)
    return held.getvalue()


def file(content: bytes, name: str = "photo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def send(client: Client, token: str, **given: object) -> HttpResponse:
    return client.post(f"/r/{token}/", {"text": "楼道漏水", "contact": "none", "key": KEY, **given})  # type: ignore[return-value] # the test client's own answer


def page(response: HttpResponse) -> str:
    return response.content.decode()


def reported(client: Client, cast: Cast, **given: object) -> str:
    """The tracking address of a new report."""
    answer = send(client, cast.building_token, **given)
    assert answer.status_code == 302, page(answer)
    return answer.headers["Location"].removesuffix("received/")


def number_of(client: Client, address: str) -> str:
    digits = re.search(r"Number (\d{3} \d{3} \d{3} \d{3})", page(client.get(address)))  # type: ignore[arg-type] # see above
    assert digits is not None
    plain = digits[1].replace(" ", "")
    return f"{plain[:6]}-{plain[6:]}"


def seen_by_all(cast: Cast) -> list[Case]:
    with cast.chief.acting():
        return list(Case.objects.order_by("id"))


# --- the way through


def test_a_report_leads_to_its_receipt_with_number_code_and_what_comes_next(cast: Cast) -> None:
    client = resident()
    address = reported(client, cast, photos=file(picture()), danger="on")
    receipt = page(client.get(f"{address}received/"))  # type: ignore[arg-type]
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
    assert "the code is shown only now" not in page(resident().get(f"{address}received/"))  # type: ignore[arg-type]


def test_the_form_works_without_scripts_and_carries_a_fresh_key(cast: Cast) -> None:
    client = resident()
    first, second = (page(client.get(f"/r/{cast.building_token}/")) for _ in range(2))  # type: ignore[arg-type]
    assert hidden(first)["key"] != hidden(second)["key"]
    assert '<button type="submit" form="report"' in first


def test_a_place_found_by_its_name_leads_to_its_report(cast: Cast) -> None:
    with cast.chief.acting():
        name = by_token(cast.building_token)
    assert name is not None
    client = resident()
    found = page(client.get("/r/", {"q": name.name.split()[0]}))  # type: ignore[arg-type]
    link = re.search(r'href="(/r/\w+/\?via=search)"', found)
    assert link is not None
    assert client.get(link[1]).status_code == 200
    assert hidden(page(client.get(link[1])))["via"] == "search"  # type: ignore[arg-type]


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
    shown = page(client.get(address))  # type: ignore[arg-type]
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
    assert "水更大了" in page(client.get(address))  # type: ignore[arg-type]


def test_words_on_one_case_have_a_budget(cast: Cast) -> None:
    client = resident()
    address = reported(client, cast)
    with cast.chief.acting():
        for _ in range(PER_CASE.most):
            PER_CASE.spend(seen_by_all(cast)[0].number)
    assert client.post(f"{address}add/", {"key": KEY + "x", "note": "一"}).status_code == 429


# --- photos


def test_photos_of_the_report_are_shown_to_who_holds_the_link_and_to_nobody_else(cast: Cast) -> None:
    client = resident()
    address = reported(client, cast, photos=file(picture()))
    link = re.search(rf'href="({address}photo/\w+/)"', page(client.get(address)))  # type: ignore[arg-type]
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


# --- once


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


# --- nasty words


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
        assert "<script>alert" not in page(client.get(address))  # type: ignore[arg-type]
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


# --- strange addresses


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


# --- number and code


def receipt(client: Client, cast: Cast) -> tuple[str, str]:
    address = reported(client, cast)
    code = client.cookies["wg_code_once"].value.split(":")[0]
    return number_of(client, address), code


def test_number_and_code_open_the_progress_for_reading_only(cast: Cast) -> None:
    number, code = receipt(resident(), cast)
    client = resident()
    assert client.post("/t/", {"number": number, "code": code}).headers["Location"] == "/t/by-code/"
    shown = page(client.get("/t/by-code/"))  # type: ignore[arg-type]
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


# --- staff in the same browser


def test_staff_who_open_a_residents_page_are_residents_there(cast: Cast) -> None:
    client = signed_in(cast.zhou)
    address = reported(client, cast)
    assert client.get(address).status_code == 200
    with cast.auditor.acting():
        (entry,) = Entry.objects.filter(verb="case.report")
    assert entry.actor_id == cast.sun.account_id


def test_home_leads_to_report_progress_and_the_door_for_staff(cast: Cast) -> None:
    home = page(resident().get("/"))  # type: ignore[arg-type]
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
