"""The programming interface: reports once, staff verbs by the table, problems that say what to do, nasty input."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.browse import signed_in as client_of
from tests.cast import Cast
from wangge.cases.actions.room import PER_PLACE
from wangge.cases.api.verbs import OPEN_TO_PROGRAMS
from wangge.cases.models import Case, Step
from wangge.cases.words import VERBS, Ask
from wangge.web.api import api

KEY = "a-key-of-one-s-own-0001"
AT_ONCE = 20


def post(client: Client, path: str, body: object, key: str = KEY) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    sent = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(f"/api/v1{path}", sent, content_type="application/json", headers=headers)


def a_report(cast: Cast, **more: object) -> dict[str, object]:
    return {"place": cast.building_token, "text": "楼道漏水", **more}


def reported(cast: Cast) -> str:
    number: str = post(Client(), "/reports", a_report(cast)).json()["number"]
    return number


def cases_of(cast: Cast) -> int:
    with cast.acceptor.acting():
        return Case.objects.count()


def test_a_place_that_is_flooded_takes_no_more_by_program_either(cast: Cast) -> None:
    with cast.chief.acting():
        for _ in range(PER_PLACE.most):
            PER_PLACE.spend(cast.building_token)
    answer = post(Client(), "/reports", a_report(cast))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    with cast.chief.acting():
        assert Case.objects.count() == 0


def test_a_report_is_taken_in_without_an_account(cast: Cast) -> None:
    answer = post(Client(), "/reports", a_report(cast, phone="138 0000 0001"))

    assert answer.status_code == 201
    assert sorted(answer.json()) == ["code", "number", "tracking"]
    with cast.lin.acting():
        held = Case.objects.get(number=answer.json()["number"])
    assert (held.text, held.state, held.area_id, held.anonymous) == ("楼道漏水", "verifying", cast.grid_id, False)


def test_the_secrets_of_a_receipt_do_not_lie_in_clear(cast: Cast, connect_super: Any) -> None:
    answer = post(Client(), "/reports", a_report(cast)).json()
    rows = connect_super.execute("select answer::text from access_receipt").fetchall()
    assert len(rows) == 1
    assert answer["tracking"].rstrip("/").rsplit("/", 1)[1] not in rows[0][0]
    assert answer["code"] not in rows[0][0].replace(answer["number"], "")


def test_sent_twice_it_is_one_report_with_one_answer(cast: Cast) -> None:
    first, second = (post(Client(), "/reports", a_report(cast)) for _ in range(2))
    assert (first.status_code, first.json(), cases_of(cast)) == (201, second.json(), 1)


def test_sent_again_after_the_plate_was_replaced_it_has_the_same_answer(cast: Cast, connect_super: Any) -> None:
    first = post(Client(), "/reports", a_report(cast))
    connect_super.execute("update places_building set token = reverse(token) where token = %s", [cast.building_token])
    again, another = (post(Client(), "/reports", a_report(cast), key) for key in (KEY, f"{KEY}-other"))
    assert (again.status_code, again.json(), another.status_code) == (201, first.json(), 422)


def test_another_body_under_the_same_key_is_refused(cast: Cast) -> None:
    post(Client(), "/reports", a_report(cast))
    answer = post(Client(), "/reports", a_report(cast, text="别的"))
    assert (answer.status_code, sorted(answer.json()), cases_of(cast)) == (409, ["detail", "error", "number"], 1)


def test_twenty_at_once_are_one_report_with_one_answer(cast: Cast) -> None:
    def send(_: int) -> tuple[int, str]:
        try:
            answer = post(Client(), "/reports", a_report(cast))
            return answer.status_code, answer.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(send, range(AT_ONCE)))
    assert ({status for status, _ in answers}, len(set(answers)), cases_of(cast)) == ({201}, 1, 1)


NASTY: tuple[tuple[str, object, int], ...] = (
    ("no JSON", "{", 400),
    ("nested to death", "[" * 100_000, 400),
    ("a number without end", '{"text": ' + "9" * 100_000 + "}", 400),
    ("not a number", '{"text": NaN}', 400),
    ("bytes that are no text", b"\xff\xfe\x00", 400),
    ("a list", [1], 422),
    ("nothing", "null", 422),
    ("an unknown field", {"text": "x", "place": "@", "state": "closed"}, 422),
    ("a wrong type", {"text": ["x"], "place": "@"}, 422),
    ("a number as text", {"text": 7, "place": "@"}, 422),
    ("no words", {"text": " \n\t", "place": "@"}, 422),
    ("a null byte", {"text": "a\0b", "place": "@"}, 422),
    ("half a letter", '{"text": "\\ud800", "place": "@"}', 422),
    ("1 MB of words", {"text": "水" * 170_000, "place": "@"}, 422),
    ("3 MB", {"text": "x" * 3_000_000, "place": "@"}, 413),
    ("a place that is not there", {"text": "x", "place": "000000000000"}, 422),
    ("a category that is not there", {"text": "x", "place": "@", "category": "no.such"}, 409),
    ("no telephone number", {"text": "x", "place": "@", "phone": "12"}, 422),
    ("emoji", {"text": "😀🏚️👩‍👩‍👧", "place": "@"}, 201),
    ("right to left", {"text": "\u202eتسرب\u202c", "place": "@"}, 201),
    ("rare letters", {"text": "𠮷𡈽", "place": "@"}, 201),
    ("a formula", {"text": "=cmd|' /C calc'!A0", "place": "@"}, 201),
    ("markup", {"text": "<script>alert(1)</script>", "place": "@"}, 201),
    ("SQL", {"text": "'; drop table cases_case; --", "place": "@"}, 201),
)


@pytest.mark.parametrize(("name", "body", "status"), NASTY, ids=[name for name, _, _ in NASTY])
def test_nasty_reports_are_answered_plainly(cast: Cast, name: str, body: object, status: int) -> None:
    if isinstance(body, dict) and body["place"] == "@":
        body = {**body, "place": cast.building_token}
    elif isinstance(body, str):
        body = body.replace('"@"', f'"{cast.building_token}"')

    answer = post(Client(), "/reports", body)

    assert (answer.status_code, cases_of(cast)) == (status, 1 if status == 201 else 0), answer.content[:300]
    if status != 201:
        assert sorted(answer.json()) == ["detail", "error", "number"]


def test_a_key_is_needed_and_has_to_be_long(cast: Cast) -> None:
    assert [post(Client(), "/reports", a_report(cast), key).status_code for key in ("", "short", "x" * 200)] == [
        422
    ] * 3


def test_only_json_is_read_so_that_no_strange_form_posts_here(cast: Cast) -> None:
    sent = json.dumps(a_report(cast))
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = Client().post("/api/v1/reports", sent, content_type=kind, headers={"Idempotency-Key": KEY})
        assert (answer.status_code, cases_of(cast)) == (415, 0)


def test_strangers_read_places_and_categories_and_nothing_else(cast: Cast) -> None:
    number = reported(cast)
    stranger = Client()
    assert stranger.get("/api/v1/places", {"q": "小区"}).json()
    assert len(stranger.get("/api/v1/categories").json()) >= 60
    paths = ["/cases", f"/cases/{number}"]
    assert [stranger.get(f"/api/v1{path}").status_code for path in paths] == [401, 401]
    assert post(stranger, f"/cases/{number}/verify", {"outcome": "exists"}).status_code == 401


def test_staff_do_a_verb_and_read_the_case(cast: Cast) -> None:
    number, lin = reported(cast), client_of(cast.lin)

    answer = post(lin, f"/cases/{number}/verify", {"outcome": "exists", "note": "在三楼"}, "")

    assert (answer.status_code, answer.json()["state"]) == (200, "reported")
    steps = lin.get(f"/api/v1/cases/{number}").json()["steps"]
    assert [(step["verb"], step["note"]) for step in steps] == [("report", ""), ("verify", "在三楼")]


def test_a_verb_sent_twice_under_one_key_is_done_once(cast: Cast) -> None:
    number, lin = reported(cast), client_of(cast.lin)
    first, second = (post(lin, f"/cases/{number}/add_note", {"note": "一次"}) for _ in range(2))
    third = post(lin, f"/cases/{number}/add_note", {"note": "两次"})
    assert (first.status_code, first.json(), third.status_code) == (200, second.json(), 409)
    with cast.lin.acting():
        assert Step.objects.filter(case__number=number, verb="add_note").count() == 1


def test_what_the_table_or_the_rules_forbid_is_409_and_leaves_nothing(cast: Cast) -> None:
    number, lin = reported(cast), client_of(cast.lin)
    asked = {"accept": {"category": "water.burst_pipe"}, "handle": {"note": "x"}, "pass_check": {}}
    assert [post(lin, f"/cases/{number}/{verb}", body, "").status_code for verb, body in asked.items()] == [409] * 3
    with cast.lin.acting():
        assert Step.objects.filter(case__number=number).count() == 1


def test_a_case_of_another_area_is_answered_like_one_that_does_not_exist(cast: Cast) -> None:
    number, zhou = reported(cast), client_of(cast.zhou)

    there, nowhere = (zhou.get(f"/api/v1/cases/{n}") for n in (number, "261122-999999"))
    verb, no_verb = (post(zhou, f"/cases/{n}/verify", {"outcome": "exists"}, "") for n in (number, "261122-999999"))

    assert (there.status_code, verb.status_code) == (404, 404)
    for one, other in ((there, nowhere), (verb, no_verb)):
        assert {**one.json(), "number": ""} == {**other.json(), "number": ""}
    assert zhou.get("/api/v1/cases").json()["items"] == []


def test_a_forged_request_from_a_strange_page_is_refused(cast: Cast) -> None:
    number, lin = reported(cast), client_of(cast.lin)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = lin.cookies
    answer = post(strict, f"/cases/{number}/verify", {"outcome": "exists"}, "")
    assert (answer.status_code, strict.get(f"/api/v1/cases/{number}").json()["state"]) == (403, "verifying")


def test_pages_of_cases_follow_each_other_without_gap_or_double(cast: Cast) -> None:
    for number in range(7):
        post(Client(), "/reports", a_report(cast), f"a-key-of-one-s-own-{number:04}")
    lin, seen, after = client_of(cast.lin), [], ""
    for _ in range(4):
        page = lin.get("/api/v1/cases", {"limit": "2", "after": str(after)}).json()
        seen += [item["number"] for item in page["items"]]
        after = page["next"] or ""
    with cast.lin.acting():
        newest = list(Case.objects.order_by("-reported_at", "-id").values_list("number", flat=True))
    assert (seen, after) == (newest, "")


@pytest.mark.parametrize(
    "asked",
    [
        {"limit": "0"}, {"limit": "101"}, {"limit": "x"}, {"area": "-1"}, {"area": str(2**70)}, {"state": "no"},
        {"after": "x"}, {"after": "AAAA"}, {"after": "é"}, {"urgent": "perhaps"}, {"category": "'"}, {"unit": "\0"},
        {"after": "MDAwMS0wMS0wMVQwMDowMDowMHwx"}, {"after": "OTk5OS0xMi0zMVQyMzo1OTo1OS05OTo5OXwx"},
    ],
)  # fmt: skip
def test_wrong_filters_are_422(cast: Cast, asked: dict[str, str | int]) -> None:
    assert client_of(cast.lin).get("/api/v1/cases", asked).status_code == 422


def test_filters_narrow(cast: Cast) -> None:
    number, lin = reported(cast), client_of(cast.lin)

    def found(**asked: Any) -> list[str]:
        return [item["number"] for item in lin.get("/api/v1/cases", asked).json()["items"]]

    assert found(state=["verifying", "reported"], area=cast.grid_id, urgent=False, overdue=False) == [number]
    assert [found(state="closed"), found(area=cast.far_grid_id), found(urgent=True), found(unit="water")] == [[]] * 4


def test_there_is_one_operation_per_verb_asking_what_the_verb_asks() -> None:
    schema = api.get_openapi_schema()
    verbs = {path.rsplit("/", 1)[1] for path in schema["paths"] if path.startswith("/api/v1/cases/{number}/")}
    assert verbs == {verb.code for verb in OPEN_TO_PROGRAMS}
    for verb in OPEN_TO_PROGRAMS:
        operation = schema["paths"][f"/api/v1/cases/{{number}}/{verb.code}"]["post"]
        reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        shape = schema["components"]["schemas"][reference.rsplit("/", 1)[1]]
        asked = {ask.value for ask in verb.asks if ask is not Ask.PHOTOS}
        assert (set(shape.get("properties", {})), shape["additionalProperties"]) == (asked, False)
        assert set(shape.get("required", [])) == {ask.value for ask in verb.required}


def test_the_verbs_left_to_residents_are_not_open_to_programs() -> None:
    assert {code for code, verb in VERBS.items() if verb.roles == ("resident",)} & {
        verb.code for verb in OPEN_TO_PROGRAMS
    } == set()


def test_the_description_is_served_and_answers_are_chinese_as_written(cast: Cast) -> None:
    assert Client().get("/api/v1/openapi.json").json()["info"]["title"] == "wangge"
    assert "楼道漏水" in client_of(cast.lin).get(f"/api/v1/cases/{reported(cast)}").content.decode()
