"""The page of a case, its verbs, contact, photos, paper and registering; and that others see none of it."""

import re

from django.test import Client
from django.utils import timezone

from tests.browse import hidden, signed_in
from tests.cases.made import PNG, accepted, dispatched, handled, reported
from tests.cast import Cast, case
from wangge.cases.models import Case, Photo, Step
from wangge.ledger.models import Entry

PHONE = "13800000000"


def verbs(client: Client, number: str) -> dict[str, str]:
    """Verbs on the page, with why they are locked."""
    context = client.get(f"/case/{number}/").context
    first = {context["first"]["code"]: ""} if context["asked"] else {}
    return first | {verb["code"]: verb["reason"] for verb in context["verbs"]}


def do(client: Client, number: str, verb: str, **given: object) -> int:
    """Open the form of a verb, fill it in and send it; returns the status."""
    page = client.get(f"/case/{number}/do/{verb}/")
    return client.post(f"/case/{number}/do/{verb}/", hidden(page.content.decode()) | given).status_code


def state(cast: Cast, number: str) -> str:
    with cast.chief.acting():
        return case(number).state


def test_a_case_is_taken_from_report_to_check_through_its_forms(cast: Cast) -> None:
    number = reported(cast)
    sent = [
        do(signed_in(cast.lin), number, "verify", outcome="exists"),
        do(signed_in(cast.acceptor), number, "accept", category="water.burst_pipe"),
        do(signed_in(cast.dispatcher), number, "dispatch", organisation=cast_water(cast)),
        do(signed_in(cast.zhao), number, "start"),
        do(signed_in(cast.zhao), number, "handle", note="换了一段管"),
        do(signed_in(cast.checker), number, "pass_check"),
        do(signed_in(cast.checker), number, "rate_solved"),
    ]
    assert (sent, state(cast, number)) == ([302] * 7, "closed")


def cast_water(cast: Cast) -> int:
    with cast.dispatcher.acting():
        return cast.water.pk


def test_each_person_sees_their_own_verbs_and_why_one_is_locked(cast: Cast) -> None:
    number = handled(cast, dispatched(cast, accepted(cast, reported(cast))))
    assert set(verbs(signed_in(cast.checker), number)) == {
        "send_to_check",
        "pass_check",
        "fail_check",
        "urge",
        "add_note",
    }
    assert set(verbs(signed_in(cast.zhao), number)) == {"add_note"}
    waiting = reported(cast)
    assert set(verbs(signed_in(cast.lin), waiting)) == {"verify", "self_handle", "add_note"}
    locked = verbs(signed_in(cast.chief), waiting)
    assert {code for code, reason in locked.items() if reason} == {"void"}


def test_a_missing_answer_keeps_what_was_written(cast: Cast) -> None:
    number = reported(cast)
    client = signed_in(cast.acceptor)
    fields = hidden(client.get(f"/case/{number}/do/not_accept/").content.decode())
    answer = client.post(f"/case/{number}/do/not_accept/", fields | {"note": "写到一半的话"})
    page = answer.content.decode()
    assert (answer.status_code, "写到一半的话" in page, "Choose a reason." in page) == (422, True, True)
    assert state(cast, number) == "verifying"


def test_a_stale_tab_is_told_the_new_state_and_keeps_its_words(cast: Cast) -> None:
    number = reported(cast)
    client = signed_in(cast.acceptor)
    fields = hidden(client.get(f"/case/{number}/do/not_accept/").content.decode())
    accepted(cast, number)
    given = {"reason": "not_accepted.not_found", "note": "我写的话"}
    answer = client.post(f"/case/{number}/do/not_accept/", fields | given)
    page = answer.content.decode()
    assert (answer.status_code, "我写的话" in page, "To dispatch" in page) == (409, True, True)
    assert state(cast, number) == "accepted"


def test_a_move_still_possible_after_others_went_on_is_asked_again(cast: Cast) -> None:
    number = accepted(cast, reported(cast))
    client = signed_in(cast.dispatcher)
    fields = hidden(client.get(f"/case/{number}/do/add_note/").content.decode())
    dispatched(cast, number)
    answer = client.post(f"/case/{number}/do/add_note/", fields | {"note": "补一句"})
    again = client.post(f"/case/{number}/do/add_note/", hidden(answer.content.decode()) | {"note": "补一句"})
    assert (answer.status_code, again.status_code) == (409, 302)


def test_a_double_click_moves_once(cast: Cast) -> None:
    number = reported(cast)
    client = signed_in(cast.acceptor)
    fields = hidden(client.get(f"/case/{number}/do/accept/").content.decode()) | {"category": "water.burst_pipe"}
    assert [client.post(f"/case/{number}/do/accept/", fields).status_code for _ in range(2)] == [302, 302]
    with cast.acceptor.acting():
        assert Step.objects.filter(case__number=number, verb="accept").count() == 1


def test_a_single_button_pressed_twice_moves_once(cast: Cast) -> None:
    number = dispatched(cast, accepted(cast, reported(cast)))
    client = signed_in(cast.chief)
    version = client.get(f"/case/{number}/").context["version"]
    assert [client.post(f"/case/{number}/do/urge/", {"version": version}).status_code for _ in range(2)] == [302, 302]
    with cast.chief.acting():
        assert Step.objects.filter(case__number=number, verb="urge").count() == 1


def test_an_acceptance_is_taken_back_within_seconds(cast: Cast) -> None:
    number = reported(cast)
    client = signed_in(cast.acceptor)
    assert do(client, number, "accept", category="water.burst_pipe") == 302
    toast = next(iter(client.get(f"/case/{number}/").context["messages"]))
    assert client.get(toast.extra_tags).status_code == 405
    assert client.post(toast.extra_tags).status_code == 302
    assert state(cast, number) == "reported"


def test_going_on_leads_to_own_pages_only(cast: Cast) -> None:
    number = dispatched(cast, accepted(cast, reported(cast)))
    client = signed_in(cast.chief)
    for wanted in ("https://example.org/", "//example.org/", "\\\\example.org"):
        answer = client.post(f"/case/{number}/do/urge/", {"next": wanted})
        assert answer.headers["Location"] == f"/case/{number}/"


def test_verbs_without_a_form_have_no_page(cast: Cast) -> None:
    number, client = reported(cast), signed_in(cast.chief)
    verbs = ("report", "register", "take_back", "nonsense")
    assert [client.get(f"/case/{number}/do/{verb}/").status_code for verb in verbs] == [404] * 4


def test_a_verb_of_another_role_is_refused(cast: Cast) -> None:
    number = reported(cast)
    client = signed_in(cast.lin)
    assert client.post(f"/case/{number}/do/accept/", {"category": "water.burst_pipe"}).status_code == 409
    assert state(cast, number) == "verifying"


def test_a_photo_that_is_none_says_so_and_the_words_stay(cast: Cast) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    number = dispatched(cast, accepted(cast, reported(cast)))
    client = signed_in(cast.zhao)
    fields = hidden(client.get(f"/case/{number}/do/handle/").content.decode()) | {"note": "修好了"}
    bad = client.post(f"/case/{number}/do/handle/", fields | {"photos": SimpleUploadedFile("a.svg", b"<svg/>")})
    assert (bad.status_code, "修好了" in bad.content.decode(), "not a photo" in bad.content.decode()) == (
        422,
        True,
        True,
    )
    good = client.post(f"/case/{number}/do/handle/", fields | {"photos": SimpleUploadedFile("a.png", PNG)})
    with cast.zhao.acting():
        assert (good.status_code, Photo.objects.filter(case__number=number).count()) == (302, 1)


def test_the_number_is_masked_until_a_purpose_is_stated(cast: Cast) -> None:
    number = reported(cast, phone=PHONE)
    client = signed_in(cast.acceptor)
    before = [client.get(path).content.decode() for path in (f"/case/{number}/", f"/case/{number}/contact/")]
    assert [("138****0000" in page, PHONE in page.replace(" ", "")) for page in before] == [(True, False)] * 2
    refused = client.post(f"/case/{number}/contact/", {})
    opened = client.post(f"/case/{number}/contact/", {"purpose": "call_back"})
    assert (refused.status_code, opened.status_code, opened.headers["Cache-Control"]) == (422, 200, "no-store")
    assert "138 0000 0000" in opened.content.decode()
    assert re.search(r'http-equiv="refresh" content="600;', opened.content.decode()) is not None
    with cast.auditor.acting():
        facts = [e.facts for e in Entry.objects.filter(verb="case.open_contact", subject=f"case:{number}")]
    assert [fact["purpose"] for fact in facts] == ["call_back"]
    assert PHONE not in client.get(f"/case/{number}/").content.decode().replace(" ", "")


def test_the_unit_and_the_street_never_see_who_reported(cast: Cast) -> None:
    number = dispatched(cast, accepted(cast, reported(cast, phone=PHONE)))
    for person in (cast.zhao, cast.lin, cast.dispatcher):
        client = signed_in(person)
        page = client.get(f"/case/{number}/").content.decode()
        assert ("138****" in page, client.get(f"/case/{number}/contact/").status_code) == (False, 409)


def test_paper_holds_nothing_of_the_reporter(cast: Cast) -> None:
    number = reported(cast, phone=PHONE)
    sheet = signed_in(cast.acceptor).get(f"/case/{number}/print/").content.decode()
    assert (number in sheet, "138****" in sheet) == (True, False)


def test_photos_stream_without_being_kept_on_the_way(cast: Cast) -> None:
    number = reported(cast, photo=True)
    client = signed_in(cast.acceptor)
    name = client.get(f"/case/{number}/").context["photos"][0]["url"]
    answers = [client.get(path) for path in (name, f"{name}?small=1")]
    for answer in answers:
        assert answer.getvalue()[:2] == b"\xff\xd8"
        answer.close()
        assert (answer.headers["Cache-Control"], answer.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")


def status(client: Client, path: str) -> int:
    answer = client.get(path)
    answer.close()
    return answer.status_code


def doors(number: str, photo: str) -> list[str]:
    return [
        f"/case/{number}/", f"/case/{number}/print/", f"/case/{number}/do/add_note/", f"/case/{number}/do/verify/",
        f"/case/{number}/contact/", photo, f"{photo}?small=1",
    ]  # fmt: skip


def test_a_worker_of_another_area_finds_nothing_behind_any_door(cast: Cast) -> None:
    number = reported(cast, phone=PHONE, photo=True)
    inside, outside = signed_in(cast.lin), signed_in(cast.zhou)
    photo = inside.get(f"/case/{number}/").context["photos"][0]["url"]
    paths = doors(number, photo)
    assert [status(inside, path) for path in paths] == [200, 200, 200, 200, 409, 200, 200]
    assert [status(outside, path) for path in paths] == [404] * len(paths)
    assert outside.post(f"/case/{number}/do/verify/", {"outcome": "exists"}).status_code == 404
    assert outside.post(f"/case/{number}/undo/").status_code == 404
    lists = [outside.get(path).content.decode() for path in ("/desk/field/", "/desk/all/", f"/desk/all/?q={number}")]
    assert [f"/case/{number}/" in page for page in lists] == [False, False, False]
    assert f"/case/{number}/" in inside.get("/desk/field/").content.decode()


def test_a_resident_at_the_door_finds_no_desk(cast: Cast) -> None:
    number = reported(cast, photo=True)
    photo = signed_in(cast.acceptor).get(f"/case/{number}/").context["photos"][0]["url"]
    assert [Client().get(path).status_code for path in doors(number, photo)] == [302] * 7


def test_the_pane_is_a_part_of_the_page(cast: Cast) -> None:
    number = reported(cast)
    part = signed_in(cast.acceptor).get(f"/case/{number}/", headers={"HX-Request": "true"}).content.decode()
    assert ("data-detail-part" in part, "<html" in part) == (True, False)


def test_strange_numbers_are_not_found(cast: Cast) -> None:
    client = signed_in(cast.acceptor)
    assert [client.get(f"/case/{text}/").status_code for text in ("x", "1" * 400, "%00", "261122-0", "١٢")] == [404] * 5


def test_staff_register_for_a_caller_and_read_number_and_code_back_once(cast: Cast) -> None:
    client = signed_in(cast.acceptor)
    url = f"/register/?place={cast.building_token}"
    fields = hidden(client.get(url).content.decode())
    given = fields | {"source": "phone", "text": "三楼漏水", "phone": "138 0000 0000", "where": "3 楼走道"}
    first, second = client.post(url, given), client.post(url, given)
    code = first.context["code"]
    with cast.acceptor.acting():
        held = Case.objects.get()
    assert (held.source, held.state, held.anonymous, held.place.endswith("3 楼走道")) == (
        "phone",
        "reported",
        False,
        True,
    )
    assert (first.status_code, len(code.replace(" ", ""))) == (200, 6)
    assert (second.status_code, second.headers["Location"]) == (302, f"/case/{held.number}/")


def test_registering_finds_the_place_first_and_says_what_is_missing(cast: Cast) -> None:
    client = signed_in(cast.acceptor)
    with cast.acceptor.acting():
        from wangge.places.models import Compound

        name = Compound.objects.order_by("id")[0].name
    assert client.get("/register/", {"q": name}).context["places"]
    empty = client.post(f"/register/?place={cast.building_token}", {"key": "k", "phone": "13800"})
    assert (empty.status_code, set(empty.context["form"].errors)) == (422, {"source", "text", "phone"})


def test_a_grid_worker_does_not_register_outside_the_own_grids(cast: Cast) -> None:
    client = signed_in(cast.lin)
    assert client.get(f"/register/?place={cast.building_token}").status_code == 200
    assert client.get(f"/register/?place={cast.far_building_token}").status_code == 409


def test_the_way_shows_where_the_case_stands(cast: Cast) -> None:
    number = dispatched(cast, accepted(cast, reported(cast)))
    context = signed_in(cast.chief).get(f"/case/{number}/").context
    assert [step.look for step in context["steps"]] == ["done", "done", "done", "now", "next", "next", "next"]
    with cast.chief.acting():
        assert context["turn"] == cast.water.name


def test_the_same_place_shows_what_was_reported_before(cast: Cast) -> None:
    earlier, elsewhere, number = reported(cast), reported(cast, far=True), reported(cast)
    near = signed_in(cast.chief).get(f"/case/{number}/").context["near"]
    assert ([each.number for each in near], elsewhere in [each.number for each in near]) == ([earlier], False)
    assert near[0].reported_at < timezone.now()


def test_whose_turn_it_is_comes_first_on_the_page(cast: Cast) -> None:
    page = signed_in(cast.chief).get(f"/case/{reported(cast)}/").content.decode()
    parts = ("wg-card-turn", 'class="wg-steps"', 'class="wg-story"')
    assert sorted(parts, key=page.index) == list(parts)
