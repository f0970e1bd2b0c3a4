"""Organisations on the desk: written down once, found, opened for a purpose, ended; who has not reported today."""

import re
from typing import Any

from django.test import Client

from tests.browse import signed_in
from tests.cast import Cast
from tests.conftest import QueriesOf
from tests.people.firming import code, compound_of, managing, property_firm, staff
from wangge.ledger.models import Entry
from wangge.people.actions import hand_in
from wangge.people.models import Firm, FirmContact, FirmStaff, Managing, Premises
from wangge.people.queries.firms import card_of, page_of_firms, page_of_silent
from wangge.places.models import Building


def page(who: Client, path: str) -> str:
    answer = who.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def refused(answer: Any) -> str:
    assert answer.status_code == 422
    return str(answer.content.decode())


def test_an_organisation_is_written_down_found_and_put_right(cast: Cast) -> None:
    wang = signed_in(cast.wang)
    (area,) = re.findall(r'name="area" value="(\d+)"', page(wang, "/firms/new/"))
    sent = {"name": "清河面馆（虚构）", "uscc": code(7), "kind": "shop", "area": area}
    assert "thing to change" in refused(wang.post("/firms/new/", sent | {"uscc": code(7)[:-1] + "0"}))
    assert wang.post("/firms/new/", sent).status_code == 302
    assert "written down already" in refused(wang.post("/firms/new/", sent))
    with cast.wang.acting():
        firm = Firm.objects.get()
    for asked in ("", "?q=qinghe", "?q=面馆", f"?q={code(7)}", "?kind=shop"):
        assert f'href="/firms/{firm.pk}/"' in page(wang, f"/firms/{asked}"), asked
    assert f'href="/firms/{firm.pk}/"' not in page(wang, "/firms/?kind=school")
    put_right = sent | {"name": "清河大面馆（虚构）"}
    assert wang.post(f"/firms/{firm.pk}/correct/", put_right).status_code == 302
    assert "清河大面馆" in page(wang, f"/firms/{firm.pk}/")
    far = signed_in(cast.zhou)
    assert f'href="/firms/{firm.pk}/"' not in page(far, "/firms/")
    assert f'href="/firms/{firm.pk}/"' in page(far, "/firms/?all=1")
    assert "another community" in refused(far.post(f"/firms/{firm.pk}/correct/", put_right))


def test_what_belongs_to_it_is_added_and_ended(cast: Cast) -> None:
    firm, wang = property_firm(cast), signed_in(cast.wang)
    with cast.wang.acting():
        compound = compound_of(cast)
        house = Building.objects.filter(grid_id=cast.grid_id).select_related("compound")[0]
    base = f"/firms/{firm.pk}"
    assert f'value="{compound.pk}"' in page(wang, f"{base}/compounds/new/?q={compound.name}")
    in_chinese = signed_in(cast.wang, "zh-hans").get(f"{base}/compounds/new/").content.decode()
    assert re.search(r'type="date"[^>]*value="\d{4}-\d\d-\d\d"', in_chinese)
    assert "Nothing is found" in page(wang, f"{base}/compounds/new/?q=没有这个名字")
    for part, sent in {
        "compounds": {"compound": compound.pk, "since": "2026-11-01"},
        "premises": {"building": house.pk, "room": "1 层", "since": "2026-11-01"},
        "reach": {"duty": "manager", "name": "何顺（虚构）", "phone": "138 0000 0009"},
        "records": {"kind": "training", "on": "2026-11-02", "result": "good", "text": "消防培训"},
    }.items():
        assert wang.post(f"{base}/{part}/new/", sent).status_code == 302, part
    assert wang.get(f"{base}/nothing/new/").status_code == 404
    assert "holds a number" in refused(
        wang.post(f"{base}/records/new/",
                  {"kind": "training", "on": "2026-11-02", "result": "good", "text": "打 13800000009"})
    )  # fmt: skip
    card = page(wang, f"{base}/")
    for shown in (compound.name, "1 层", "消防培训"):
        assert shown in card
    assert "何顺" not in card
    assert "138" not in re.sub(r"<[^>]*>", "", card).replace(firm.uscc, "")
    with cast.wang.acting():
        held = {"compounds": Managing.objects.get().pk, "premises": Premises.objects.get().pk}
        held["reach"] = FirmContact.objects.get().pk
    for part, pk in held.items():
        assert wang.post(f"/firms/{part}/{pk}/end/").status_code == 302, part
    assert "消防培训" in page(wang, f"{base}/")
    assert wang.post("/firms/records/1/end/").status_code == 404


def test_whom_to_call_is_shown_for_a_purpose_only(cast: Cast) -> None:
    firm, wang = property_firm(cast), signed_in(cast.wang)
    sent = {"duty": "manager", "name": "何顺（虚构）", "phone": "138 0000 0009"}
    assert wang.post(f"/firms/{firm.pk}/reach/new/", sent).status_code == 302
    with cast.wang.acting():
        path = f"/firms/reach/{FirmContact.objects.get().pk}/open/"
    asked = page(wang, path)
    assert "何顺" not in asked
    assert "138 0000" not in asked
    refused(wang.post(path, {"purpose": "call_back"}))
    opened = wang.post(path, {"purpose": "partners"})
    assert "138 0000 0009" in opened.content.decode()
    assert opened.headers["Cache-Control"] == "no-store"
    assert signed_in(cast.zhou).get(path).status_code == 404
    with cast.auditor.acting():
        assert Entry.objects.filter(verb="firm_contact.open").count() == 1


def test_an_account_reports_for_the_firm_until_it_ends(cast: Cast) -> None:
    firm = property_firm(cast)
    he = staff(cast, firm)
    wang = signed_in(cast.wang)
    assert "wuye01" in page(wang, f"/firms/{firm.pk}/")
    assert "already" in refused(wang.post(f"/firms/{firm.pk}/staff/new/", {"username": "wuye01"}))
    assert signed_in(he).get("/firms/").status_code == 409
    with cast.wang.acting():
        held = FirmStaff.objects.get()
    assert signed_in(cast.lin).post(f"/firms/staff/{held.pk}/end/").status_code == 404
    assert wang.post(f"/firms/staff/{held.pk}/end/").status_code == 302
    assert "wuye01" not in page(wang, f"/firms/{firm.pk}/")


def test_who_has_not_reported_is_reminded_once_a_day(cast: Cast) -> None:
    held = managing(cast)
    he = staff(cast, held.firm)
    wang, lin = signed_in(cast.wang), signed_in(cast.lin)
    listed = page(wang, "/firms/silent/")
    assert f'action="/firms/compounds/{held.pk}/remind/"' in listed
    assert "1 of 1 compounds" in listed
    assert f"/firms/compounds/{held.pk}/remind/" not in page(lin, "/firms/silent/")
    assert lin.post(f"/firms/compounds/{held.pk}/remind/").status_code == 409
    assert wang.post(f"/firms/compounds/{held.pk}/remind/").status_code == 302
    assert "reminded today, once so far" in page(wang, "/firms/silent/")
    assert wang.post(f"/firms/compounds/{held.pk}/remind/").status_code == 409
    with he.acting() as actor:
        from django.utils import timezone

        hand_in(held, lines=(), by=actor, now=timezone.now())
    assert "All firms have reported today" in page(wang, "/firms/silent/")


def test_the_lists_ask_as_often_for_three_as_for_one(cast: Cast, queries_of: QueriesOf) -> None:
    held = managing(cast)
    with cast.wang.acting():
        with queries_of(2):
            assert len(page_of_firms()) == 1
        with queries_of(1):
            assert len(page_of_silent(held.since)) == 1
        with queries_of(5):
            card_of(held.firm)
    property_firm(cast, 2, "二号物业（虚构）")
    property_firm(cast, 3, "三号物业（虚构）")
    with cast.wang.acting(), queries_of(2):
        assert len(page_of_firms()) == 3


def test_others_do_not_come_in(cast: Cast) -> None:
    firm = property_firm(cast)
    acceptor = signed_in(cast.acceptor)
    for path in ("", "new/", "silent/", f"{firm.pk}/", f"{firm.pk}/reach/new/"):
        assert acceptor.get(f"/firms/{path}").status_code == 409, path
    town = signed_in(cast.town)
    assert "和顺物业" in page(town, "/firms/")
    assert "new/" not in page(town, f"/firms/{firm.pk}/")
