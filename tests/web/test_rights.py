"""The rights desk and one's own pages by link. All persons are invented."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.browse import hidden, signed_in
from tests.cast import Cast
from tests.people.registering import registered
from wangge.ledger.models import Entry
from wangge.people.actions import Member, open_field
from wangge.people.models import Person, RightsLink, RightsRequest
from wangge.people.words import Kept, Tenure

SUN = Member("孙兰（虚构）", Tenure.OWNER, phone="138 0000 0001")
ASKED = {"kind": "see", "asker": "oneself", "way": "door", "field": "", "seen": "on"}


def page(who: Client, path: str, status: int = 200) -> str:
    answer = who.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return str(answer.content.decode())


def sun(cast: Cast) -> Person:
    registered(cast, SUN)
    with cast.lin.acting():
        return Person.objects.get()


def taken_in(who: Client, person: Person, **given: str) -> str:
    """Fill in the form and return the address of the request."""
    path = f"/people/{person.pk}/rights/new/"
    answer = who.post(path, ASKED | {"key": hidden(page(who, path))["key"]} | given)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def let_in(cast: Cast, person: Person, language: str = "en") -> Client:
    """A resident's own browser, after address and code."""
    handed = signed_in(cast.lin).post(f"/people/{person.pk}/rights/link/", {"seen": "on"}).content.decode()
    (letters, code) = re.findall(r'wg-large-code">([^<]+)<', handed)[::-1]
    own = Client()
    own.cookies["wg_language"] = language
    sent = {"token": letters.replace(" ", ""), "code": code.replace(" ", "")}
    assert own.post("/mine/", sent).status_code == 302
    return own


def test_a_request_goes_its_way_over_the_desk(cast: Cast) -> None:
    person = sun(cast)
    lin, wang = signed_in(cast.lin), signed_in(cast.wang)
    path = taken_in(lin, person, kind="correct", field="phone", value="139 0000 0002", words="换了号码")
    assert "孙**" in page(lin, "/rights/")
    card = page(lin, path)
    assert "139 0000 0002" in card
    assert "孙兰" not in card
    assert lin.get(path).headers["Cache-Control"] == "no-store"
    assert f'href="{path}answer/"' not in card  # the community answers
    assert lin.get(f"{path}answer/").status_code == 409
    asked = page(wang, f"{path}answer/")
    assert 'value="139 0000 0002"' in asked
    assert wang.post(f"{path}answer/", {"outcome": "granted", "field": "phone", "value": "1", "text": "改了"}
                     ).status_code == 422  # fmt: skip
    assert wang.post(f"{path}answer/", {"outcome": "refused", "text": "不改"}).status_code == 422
    granted = {"outcome": "granted", "field": "phone", "value": "139 0000 0002", "blocks": "0", "text": ""}
    assert wang.post(f"{path}answer/", granted).status_code == 302
    assert "It is put right as you said" in page(lin, path)
    assert path in page(lin, "/rights/?which=answered")
    assert lin.post(f"{path}told/", {"way": "door"}).status_code == 302
    assert lin.post(f"{path}told/", {"way": "door"}).status_code == 409
    assert path in page(lin, "/rights/?which=done&kind=correct")
    assert path not in page(lin, "/rights/?which=open")
    with cast.lin.acting() as by:
        value = open_field(Person.objects.get(), field=Kept.PHONE, purpose="on_site", by=by, now=timezone.now()).value
    assert value == "13900000002"


def test_the_same_form_twice_is_one_request(cast: Cast) -> None:
    person = sun(cast)
    lin = signed_in(cast.lin)
    key = hidden(page(lin, f"/people/{person.pk}/rights/new/"))["key"]
    first = taken_in(lin, person, key=key)
    assert taken_in(lin, person, key=key) == first
    answer = lin.post(f"/people/{person.pk}/rights/new/", ASKED | {"key": key, "kind": "copy"})
    assert answer.status_code == 422
    with cast.lin.acting():
        assert RightsRequest.objects.count() == 1


def test_somebody_is_found_and_withdrawn_consent_acts_with_the_identity(cast: Cast) -> None:
    person = sun(cast)
    lin = signed_in(cast.lin)
    form = hidden(page(lin, "/rights/new/"))
    sent = ASKED | {"key": form["key"], "kind": "withdraw", "field": "phone", "way": "paper", "paper": "2026-7",
                    "sought": "三幢孙阿姨", "area": str(cast.grid_id)}  # fmt: skip
    assert lin.post("/rights/new/", sent | {"paper": ""}).status_code == 422
    assert lin.post("/rights/new/", sent | {"field": "name"}).status_code == 422
    path = str(lin.post("/rights/new/", sent)["Location"])
    assert "三幢孙阿姨" in page(lin, path)
    assert lin.post(f"{path}identity/").status_code == 409
    looked = lin.post(f"{path}find/", {"purpose": "access_request", "task": "", "term": "138 0000 0001"})
    assert f"{path}found/{person.pk}/" in looked.content.decode()
    assert lin.post(f"{path}found/{person.pk}/").status_code == 302
    assert lin.post(f"{path}identity/").status_code == 302
    with cast.lin.acting():
        assert Person.objects.get().phone is None
        assert RightsRequest.objects.get().state == "granted"


def test_the_sheet_tells_everything_and_is_itself_told(cast: Cast) -> None:
    person = sun(cast)
    lin, wang = signed_in(cast.lin), signed_in(cast.wang)
    wang.post(f"/people/{person.pk}/phone/open/", {"purpose": "on_site", "task": "case:1"})
    path = taken_in(lin, person, kind="looked", asker="family", authority="女儿，老人点了头")
    sheet = lin.post(f"{path}sheet/")
    said = sheet.content.decode()
    assert sheet.headers["Cache-Control"] == "no-store"
    for part in ("孙兰(虚构)", "138 0000 0001", "Community secretary", "Agree on a visit", "case:1", "PIPL"):
        assert part in said, part
    assert cast.wang.account.name not in said
    copy = json.loads(lin.post(f"{path}copy/").content)
    assert copy["format"] == "wangge-my-data/1"
    assert [look["what"] for look in copy["looks"]] == ["everything that is held (a statement for you)", "Telephone"]
    explained = taken_in(lin, person, kind="delete")
    assert lin.post(f"{explained}sheet/").status_code == 409
    with cast.auditor.acting():
        kept = list(Entry.objects.filter(verb="rights.state").values_list("facts", flat=True))
    assert [facts["form"] for facts in kept] == ["paper", "copy"]
    assert {facts["role"] for facts in kept} == {"grid_worker"}


def test_others_find_neither_desk_nor_request_nor_link(cast: Cast) -> None:
    person = sun(cast)
    path = taken_in(signed_in(cast.lin), person)
    zhou, chief = signed_in(cast.zhou), signed_in(cast.chief)
    for one in (path, f"/people/{person.pk}/rights/", f"{path}find/"):
        assert zhou.get(one).status_code == 404, one
        assert chief.get(one).status_code == 409, one
        assert Client().get(one).status_code == 302, one
    for one in (f"{path}sheet/", f"{path}copy/", f"{path}told/", f"{path}back/", f"{path}identity/",
                f"/people/{person.pk}/rights/link/"):  # fmt: skip
        assert zhou.post(one, {"seen": "on", "way": "door"}).status_code in (404, 409), one
    assert path not in page(zhou, "/rights/")


def test_by_link_one_sees_asks_and_reads_the_answer(cast: Cast) -> None:
    person = sun(cast)
    signed_in(cast.wang).post(f"/people/{person.pk}/phone/open/", {"purpose": "on_site", "task": "case:1"})
    own = let_in(cast, person)
    held = page(own, "/mine/held/")
    assert "138 0000 0001" in held
    assert own.get("/mine/held/").headers["Cache-Control"] == "no-store"
    looked = page(own, "/mine/looked/")
    assert "Community secretary" in looked
    assert "you, by your link" in looked
    key = hidden(page(own, "/mine/ask/"))["key"]
    assert own.post("/mine/ask/", {"key": key, "kind": "withdraw"}).status_code == 422
    answer = own.post("/mine/ask/", {"key": key, "kind": "correct", "field": "phone", "value": "139 0000 0003"})
    path = str(answer["Location"])
    assert "The community answers until" in page(own, path)
    with cast.wang.acting():
        request = RightsRequest.objects.get()
    granted = {"outcome": "granted", "field": "phone", "value": "139 0000 0003", "text": "改好了"}
    assert signed_in(cast.wang).post(f"/rights/{request.pk}/answer/", granted).status_code == 302
    assert "改好了" in page(own, path)
    assert own.post(f"{path}read/").status_code == 302
    assert "139 0000 0003" in page(own, "/mine/held/")
    assert own.post("/mine/copy/").json()["facts"]
    assert own.post("/mine/close/").status_code == 302
    assert own.get("/mine/held/").status_code == 302


def test_without_the_link_or_after_its_end_there_is_only_the_door(cast: Cast) -> None:
    person = sun(cast)
    pages = ("home", "held", "looked", "ask", "requests/1")
    for one in pages:
        assert Client().get(f"/mine/{one}/")["Location"] == "/mine/", one
    own = let_in(cast, person)
    assert signed_in(cast.lin).post(f"/people/{person.pk}/rights/link/end/").status_code == 302
    for one in pages:
        assert own.get(f"/mine/{one}/")["Location"] == "/mine/", one
    forged = Client()
    forged.cookies["wg_mine"] = own.cookies["wg_mine"].value[:-2] + "xx"
    assert forged.get("/mine/held/")["Location"] == "/mine/"


def test_the_own_pages_show_nobody_elses_request(cast: Cast) -> None:
    person = sun(cast)
    registered(cast, Member("钱大海（虚构）", Tenure.TENANT), at=1)
    with cast.lin.acting():
        other = Person.objects.exclude(pk=person.pk).get()
    path = taken_in(signed_in(cast.lin), other)
    number = int(path.split("/")[-2])
    own = let_in(cast, person)
    assert own.get(f"/mine/requests/{number}/").status_code == 404
    assert own.post(f"/mine/requests/{number}/back/").status_code == 404
    staff = signed_in(cast.zhou)  # staff at these pages are residents without a link
    assert staff.get("/mine/held/")["Location"] == "/mine/"


def test_codes_are_not_guessed(cast: Cast) -> None:
    person = sun(cast)
    handed = signed_in(cast.lin).post(f"/people/{person.pk}/rights/link/", {"seen": "on"}).content.decode()
    (letters, code) = (one.replace(" ", "") for one in re.findall(r'wg-large-code">([^<]+)<', handed)[::-1])
    stranger = Client()
    door = f"/mine/l/{letters}/"
    known, unknown = (
        re.sub(rf'{one}|name="csrfmiddlewaretoken" value="[^"]+"|datetime="[^"]+"|data-now="[^"]+"', "",
               page(stranger, f"/mine/l/{one}/"))
        for one in (letters, letters[::-1])
    )  # fmt: skip
    assert known == unknown
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    codes = [stranger.post(door, {"token": letters, "code": wrong}).status_code for _try in range(9)]
    assert codes == [422] * 8 + [429]
    assert stranger.post(door, {"token": letters, "code": code}).status_code == 429  # nor with the right one, today
    with cast.lin.acting():
        assert RightsLink.objects.get().used == 0


@pytest.mark.parametrize("path", ["/rights/", "/rights/?which=all"])
def test_the_list_asks_as_often_for_three_as_for_one(cast: Cast, path: str) -> None:
    person = sun(cast)
    lin = signed_in(cast.lin)
    taken_in(lin, person)
    page(lin, path)
    counted: list[Any] = []
    said = ""
    for _time in range(2):
        with CaptureQueriesContext(connection) as seen:
            said = page(lin, path)
        counted.append([q["sql"] for q in seen.captured_queries if "people_rightsrequest" in q["sql"]])
        taken_in(lin, person)
        taken_in(lin, person, kind="copy")
    assert [len(one) for one in counted] == [2, 2]  # the rows, and the number in the menu
    assert said.count("孙**") == 3
