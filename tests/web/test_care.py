"""The care register on the desk: written down with consent, listed, confirmed, withdrawn. All persons are invented."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.browse import signed_in
from tests.cast import Cast
from tests.people.caring import cared, someone
from tests.people.test_care import NEIGHBOUR
from wangge.jobs.system import as_system
from wangge.ledger.models import Entry
from wangge.people.actions import Carers
from wangge.people.actions.care_nights import count_needs
from wangge.people.models import CareNeed


def page(who: Client, path: str) -> str:
    answer = who.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    assert answer.headers["Cache-Control"] == "no-store"
    return str(answer.content.decode())


def sent(cast: Cast, **given: str) -> dict[str, str]:
    return {
        "need": "stairs", "basis": "consent", "consent": "spoken", "consent_on": "2026-11-19",
        "heard_by": "女儿（虚构）",
        "carer": str(cast.lin.account_id), "deputy": "", "told_by": "resident", "note": "两个人抬", **given,
    }  # fmt: skip


def kept(cast: Cast) -> list[int]:
    with cast.lin.acting():
        return list(CareNeed.objects.order_by("pk").values_list("pk", flat=True))


def test_a_need_is_written_down_at_the_door_and_seen_there(cast: Cast) -> None:
    person, lin = someone(cast), signed_in(cast.lin)
    path = f"/people/{person.pk}/care/"
    asked = page(lin, path)
    assert "I agree that this is written down: I cannot come down stairs" in asked
    assert "Without your consent nothing is written down" in asked
    for wrong in (
        {"need": ""}, {"need": "cancer"}, {"consent": ""}, {"heard_by": ""}, {"note": "高血压"}, {"carer": "outside"},
        {"carer": str(cast.zhou.account_id)}, {"basis": "urgent"}, {"days": "0"},
    ):  # fmt: skip
        assert lin.post(path, sent(cast, **wrong)).status_code == 422, wrong
    assert kept(cast) == []
    outside = {"deputy": "outside", "deputy_name": "老吴（虚构）", "deputy_phone": "138 0000 0002", "days": "3"}
    assert lin.post(path, sent(cast, **outside)).status_code == 302
    assert lin.post(path, sent(cast)).status_code == 422  # each kind once
    (pk,) = kept(cast)
    assert person.home is not None
    card = page(lin, f"/homes/{person.home.dwelling_id}/")
    assert f'href="/care/{pk}/"' in card
    assert "Cannot come down stairs" in card
    need = page(lin, f"/care/{pk}/")
    assert "两个人抬" in need
    assert "every 3 days" in need
    assert "138****0002" in need
    assert "老吴" not in need
    assert "孙兰" not in need
    opened = lin.post(f"/care/{pk}/deputy/open/", {"purpose": "care", "task": ""}).content.decode()
    assert "138 0000 0002" in opened
    assert lin.post(f"/care/{pk}/carer/open/", {"purpose": "care", "task": ""}).status_code == 422
    assert lin.get(f"/care/{pk}/other/open/").status_code == 404


def test_an_urgent_need_waits_for_consent_and_a_kept_one_is_confirmed(cast: Cast) -> None:
    person, lin = someone(cast), signed_in(cast.lin)
    urgent = sent(cast, basis="urgent", why="停电三天，一个人在家", consent="")
    assert lin.post(f"/people/{person.pk}/care/", urgent).status_code == 302
    (pk,) = kept(cast)
    assert "still without consent" in page(lin, "/care/?only=urgent")
    assert lin.post(f"/care/{pk}/confirm/", {"told_by": "resident"}).status_code == 409
    assert lin.post(f"/care/{pk}/consent/", {"consent": "written", "told_by": "resident"}).status_code == 422
    given = {"consent": "written", "consent_on": "2026-11-20", "heard_by": "纸件在社区", "told_by": "resident"}
    assert lin.post(f"/care/{pk}/consent/", given).status_code == 302
    assert lin.post(f"/care/{pk}/confirm/", {"told_by": "resident"}).status_code == 302
    assert f"/care/{pk}/" not in page(lin, "/care/?only=urgent")
    assert f"/care/{pk}/" not in page(lin, "/care/?only=due")
    assert f"/care/{pk}/" in page(lin, "/care/?only=alone")
    assert lin.post(f"/care/{pk}/note/", {"note": "得了肺癌", "told_by": "resident"}).status_code == 422
    assert lin.post(f"/care/{pk}/note/", {"note": "先打电话", "told_by": "resident"}).status_code == 302
    named = {"carer": str(cast.wang.account_id), "deputy": str(cast.lin.account_id)}
    assert lin.post(f"/care/{pk}/carers/", named).status_code == 302
    assert lin.post(f"/care/{pk}/carers/", named | {"deputy": str(cast.wang.account_id)}).status_code == 422
    shown = page(lin, f"/care/{pk}/")
    assert "先打电话" in shown
    with cast.lin.acting():
        assert cast.wang.account.name in shown


def test_withdrawn_and_ended_on_the_desk(cast: Cast) -> None:
    first, second = someone(cast), someone(cast, at=1)
    one = cared(cast, first, now=timezone.now(), carers=Carers(cast.town.account_id))
    other = cared(cast, second, now=timezone.now())
    lin, town = signed_in(cast.lin), signed_in(cast.town)
    assert town.post(f"/care/{other.pk}/withdraw/", {"told_by": "family"}).status_code == 404
    assert town.post(f"/care/{one.pk}/withdraw/", {"told_by": "paper"}).status_code == 302
    assert lin.get(f"/care/{one.pk}/").status_code == 404
    assert lin.post(f"/care/{other.pk}/end/", {"why": "not_confirmed"}).status_code == 302  # nobody says so by hand
    assert kept(cast) == [other.pk]
    assert lin.post(f"/care/{other.pk}/end/", {"why": "mistake"}).status_code == 302
    assert kept(cast) == []
    with cast.auditor.acting():
        (said,) = Entry.objects.filter(verb="care.withdraw").values_list("facts", flat=True)
    assert said == {"source": f"paper:{cast.town.account_id}"}


def test_a_carer_who_keeps_no_register_sees_doors_and_nothing_of_the_persons(cast: Cast) -> None:
    person, now = someone(cast), timezone.now()
    need = cared(cast, person, now=now, help_note="两个人抬", carers=Carers(cast.town.account_id, NEIGHBOUR))
    strange = cared(cast, someone(cast, at=1), now=now)
    town = signed_in(cast.town)
    assert person.home is not None
    door = person.home.dwelling
    for text in (page(town, "/care/mine/"), page(town, f"/care/{need.pk}/"), page(town, "/care/mine/print/")):
        assert f"{door.unit}-{door.room}" in text if door.unit else door.room in text
        assert "Cannot come down stairs" in text
        for never in ("孙", "138*", "13800", "138 0", "邻", "女儿", "person-open", f"/people/{person.pk}/"):
            assert never not in text, never
    assert "两个人抬" in page(town, f"/care/{need.pk}/")
    assert "两个人抬" not in page(town, "/care/mine/print/")
    assert town.get(f"/care/{strange.pk}/").status_code == 404
    for path in ("consent", "carers", "note", "carer/open"):
        assert town.get(f"/care/{need.pk}/{path}/").status_code == 409, path
    assert town.get(f"/people/{person.pk}/care/").status_code == 409
    assert town.get("/care/").status_code == 302
    lin = page(signed_in(cast.lin), "/care/mine/print/")
    assert "孙**" in lin
    assert "孙兰" not in lin


def test_others_find_neither_lists_nor_needs_and_the_chief_has_counts(cast: Cast) -> None:
    need = cared(cast, someone(cast), now=timezone.now())
    with as_system("test") as system:
        count_needs(by=system, now=timezone.now())
    zhou, chief, zhao = signed_in(cast.zhou), signed_in(cast.chief), signed_in(cast.zhao)
    assert "1–4" in page(chief, "/care/counts/")
    assert "1–4" in page(signed_in(cast.town), "/care/counts/")
    assert "1–4" not in page(zhou, "/care/counts/")
    assert f"/care/{need.pk}/" not in page(zhou, "/care/")
    assert zhou.get(f"/care/{need.pk}/").status_code == 404
    assert zhou.post(f"/care/{need.pk}/withdraw/", {"told_by": "family"}).status_code == 404
    for path in ("mine/", f"{need.pk}/"):
        assert chief.get(f"/care/{path}").status_code == 409, path
    for path in ("", "counts/", "mine/", f"{need.pk}/"):
        assert zhao.get(f"/care/{path}").status_code == 409, path


def test_the_list_is_filtered_and_paged(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from wangge.web.care import lists

    monkeypatch.setattr(lists, "PAGE", 2)
    now = timezone.now()
    for at in range(3):
        cared(cast, someone(cast, at=at), now=now - timedelta(days=at))
    cared(cast, someone(cast, at=3), "hearing", now=now)
    wang = signed_in(cast.wang)
    first = page(wang, "/care/")
    assert re.findall(r'href="/care/(\d+)/"', first) == ["3", "2"]
    (more,) = set(re.findall(r'href="(/care/\?[^"]*after=[^"]*)"', first))
    assert re.findall(r'href="/care/(\d+)/"', page(wang, more.replace("&amp;", "&"))) == ["1", "4"]
    assert re.findall(r'href="/care/(\d+)/"', page(wang, "/care/?need=hearing")) == ["4"]
    assert re.findall(r'href="/care/(\d+)/"', page(wang, f"/care/?grid={cast.far_grid_id}")) == []
    assert len(re.findall(r'href="/care/(\d+)/"', page(wang, "/care/?grid=x&day=y&after=z&only=w"))) == 2
