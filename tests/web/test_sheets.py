"""Daily sheets by page and by file, taken over and sent back. All firms, doors and persons are invented."""

import io
import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from tests.browse import signed_in
from tests.cast import Cast, Person
from tests.conftest import QueriesOf
from tests.people.firming import door, line, managing, new_line, staff
from wangge.people.actions import hand_in, need_visit
from wangge.people.models import Household, Managing, Sheet, SheetLine
from wangge.people.models import Person as Resident
from wangge.people.queries.sheets import counted_lines, lines_of, page_of_lines, todays

HEADER = ["事项", "楼栋", "单元", "房号", "人数", "居住方式", "本人同意", "姓名", "电话"]


@pytest.fixture
def held(cast: Cast) -> Managing:
    return managing(cast)


@pytest.fixture
def firm(cast: Cast, held: Managing) -> Person:
    return staff(cast, held.firm)


def page(who: Client, path: str) -> str:
    answer = who.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return str(answer.content.decode())


def refused(answer: Any) -> str:
    assert answer.status_code == 422
    return str(answer.content.decode())


def doors(cast: Cast, firm: Person, held: Managing, n: int = 3) -> list[dict[str, str]]:
    with firm.acting():
        return [door(cast, held, at) for at in range(n)]


def row(what: str, at: dict[str, str], *more: str) -> list[str]:
    return [what, at["building"], at["unit"], at["room"], *more, *[""] * (5 - len(more))]


def as_text(*rows: Sequence[str], encoding: str = "utf-8") -> SimpleUploadedFile:
    return SimpleUploadedFile("日报.csv", "\n".join(",".join(one) for one in rows).encode(encoding))


def as_workbook(*rows: Sequence[str]) -> SimpleUploadedFile:
    book, out = Workbook(), io.BytesIO()
    sheet = book.worksheets[0]
    for one in rows:
        sheet.append(list(one))
    book.save(out)
    return SimpleUploadedFile("日报.xlsx", out.getvalue())


def reported(cast: Cast, firm: Person, held: Managing, **more: Any) -> SheetLine:
    with firm.acting() as by:
        hand_in(held, lines=(new_line(cast, held, **more),), by=by, now=timezone.now())
        return line()


def test_a_door_is_reported_by_page(cast: Cast, held: Managing, firm: Person) -> None:
    he, (at, *_rest) = signed_in(firm), doors(cast, firm, held)
    assert signed_in(firm).get("/", follow=True).status_code in (200, 404)
    home = page(he, "/sheets/")
    assert "Not reported yet today" in home
    assert f'href="/sheets/{held.pk}/"' in home
    sent = {"what": "moved_in", **at, "people": "2"}
    assert "knows no such door" in refused(he.post(f"/sheets/{held.pk}/", sent | {"room": "9909"}))
    assert "only where the household agreed" in refused(he.post(f"/sheets/{held.pk}/", sent | {"name": "周梅"}))
    assert he.post(f"/sheets/{held.pk}/", sent).status_code == 302
    assert "stands on today" in refused(he.post(f"/sheets/{held.pk}/", sent))
    assert "1 door reported today" in page(he, "/sheets/")
    assert he.post(f"/sheets/{held.pk}/nothing/").status_code == 409
    with firm.acting():
        mine = line()
    assert he.post(f"/sheets/mine/{mine.pk}/withdraw/").status_code == 302
    assert he.post(f"/sheets/{held.pk}/nothing/").status_code == 302


def test_nothing_new_is_one_press(cast: Cast, held: Managing, firm: Person) -> None:
    he = signed_in(firm)
    assert he.post(f"/sheets/{held.pk}/nothing/").status_code == 302
    assert "Nothing new today" in page(he, "/sheets/")
    with firm.acting():
        assert Sheet.objects.count() == 1
        assert SheetLine.objects.count() == 0


@pytest.mark.parametrize("make", [as_text, as_workbook])
def test_a_file_is_handed_in_whole_or_says_row_and_column(cast: Cast, held: Managing, firm: Person, make: Any) -> None:
    he, (one, two, three) = signed_in(firm), doors(cast, firm, held)
    path = f"/sheets/{held.pk}/file/"
    bad = make(HEADER, row("新入住", one, "2"), row("装修", two), row("空置", {**three, "building": "99幢"}))
    told = refused(he.post(path, {"file": bad}))
    assert re.findall(r'<td class="wg-num">(\d+)</td><td>([^<]+)</td>', told) == [
        ("3", "What changed at the door"), ("4", "Building"),
    ]  # fmt: skip
    with firm.acting():
        assert Sheet.objects.count() == 0
    good = make(HEADER, row("新入住", one, "2", "租住", "是", "周梅（虚构）", "13900000002"), row("空置", two))
    assert "Handed in: 2 doors" in he.post(path, {"file": good}).content.decode()
    with firm.acting():
        first = SheetLine.objects.get(kind="moved_in")
        assert (first.people, first.tenure, first.name is not None) == (2, "tenant", True)
    with cast.lin.acting() as lin:
        need_visit(first, by=lin, now=timezone.now())
    again = make(HEADER, row("已搬走", one), row("已搬走", three))
    told = he.post(path, {"file": again}).content.decode()
    assert "1 door was left out" in told
    with firm.acting():
        assert sorted(SheetLine.objects.values_list("kind", "state")) == [("left", "waiting"), ("moved_in", "to_visit")]


def test_what_nobody_collects_is_said_and_not_kept(cast: Cast, held: Managing, firm: Person) -> None:
    he, (one, *_rest) = signed_in(firm), doors(cast, firm, held)
    sent = as_text([*HEADER, "宗教信仰"], [*row("新入住", one, "2"), "某教"], encoding="gb18030")
    told = he.post(f"/sheets/{held.pk}/file/", {"file": sent}).content.decode()
    assert "nobody collects this" in told
    assert "宗教信仰" in told
    assert "某教" not in told


def test_what_is_no_sheet_is_refused_with_a_sentence(cast: Cast, held: Managing, firm: Person) -> None:
    he = signed_in(firm)
    for data in (b"", b"PK\x03\x04 no workbook", b"\x00\x01\x02", b"a" * ((1 << 20) + 1), "你好\n再见".encode()):
        refused(he.post(f"/sheets/{held.pk}/file/", {"file": SimpleUploadedFile("日报.xlsx", data)}))
    with firm.acting():
        assert Sheet.objects.count() == 0


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_empty_sheet_is_one_that_can_be_read(cast: Cast, held: Managing, firm: Person, language: str) -> None:
    he = signed_in(firm, language)
    text = he.get(f"/sheets/{held.pk}/blank/text/").content.decode("utf-8-sig").splitlines()
    book = load_workbook(io.BytesIO(he.get(f"/sheets/{held.pk}/blank/workbook/").content))
    assert [str(cell.value or "") for cell in next(book.worksheets[0].iter_rows())] == text[0].split(",")
    assert he.get(f"/sheets/{held.pk}/blank/other/").status_code == 404
    (one, *_rest) = doors(cast, firm, held)
    assert (
        he.post(f"/sheets/{held.pk}/file/", {"file": as_text(text[0].split(","), row("空置", one))}).status_code == 200
    )


def test_a_line_goes_to_the_community_and_back_and_is_done(cast: Cast, held: Managing, firm: Person) -> None:
    he, lin = signed_in(firm), signed_in(cast.lin)
    mine = reported(cast, firm, held, people="2", agreed="是", name="周梅（虚构）", phone="139 0000 0002")
    assert f'href="/sheets/lines/{mine.pk}/"' in page(lin, "/sheets/lines/")
    shown = page(lin, f"/sheets/lines/{mine.pk}/")
    assert "周梅" not in shown
    assert "139" not in re.sub(r"<[^>]*>", "", shown).replace(held.firm.uscc, "")
    base = f"/sheets/lines/{mine.pk}"
    assert "139 0000 0002" in lin.post(f"{base}/open/phone/", {"purpose": "register"}).content.decode()
    refused(lin.post(f"{base}/open/phone/", {"purpose": "partners"}))
    refused(lin.post(f"{base}/back/", {"text": "没有原因"}))
    refused(lin.post(f"{base}/back/", {"reason": "other_count", "text": "问 13900000002"}))
    assert lin.post(f"{base}/back/", {"reason": "other_count", "text": "敲门问过，三口人"}).status_code == 302
    assert lin.post(f"{base}/visit/").status_code == 409
    assert "have come back" in page(he, "/sheets/") or "has come back" in page(he, "/sheets/")
    assert f'href="/sheets/mine/{mine.pk}/"' in page(he, "/sheets/inbox/")
    assert "敲门问过，三口人" in page(he, f"/sheets/mine/{mine.pk}/")
    assert "周梅" not in page(he, f"/sheets/mine/{mine.pk}/")
    sent = {"kind": "moved_in", "people": "3", "text": "漏了一个孩子"}
    assert he.post(f"/sheets/mine/{mine.pk}/answer/", sent).status_code == 302
    assert f'href="/sheets/mine/{mine.pk}/"' not in page(he, "/sheets/inbox/")
    assert "漏了一个孩子" in page(lin, f"{base}/")
    assert "Say how they live" in refused(lin.post(f"{base}/take/", {"outcome": "household", "tenure": ""}))
    assert lin.post(f"{base}/take/", {"outcome": "household", "tenure": "tenant"}).status_code == 302
    with cast.lin.acting():
        assert Resident.objects.get().source == f"sheet:{mine.sheet_id}"
    assert f'href="/sheets/lines/{mine.pk}/"' not in page(lin, "/sheets/lines/")
    assert f'href="/sheets/lines/{mine.pk}/"' in page(lin, "/sheets/lines/?state=taken&kind=moved_in")
    assert f'href="/sheets/lines/{mine.pk}/"' not in page(lin, "/sheets/lines/?state=taken&kind=left")
    assert he.post(f"/sheets/mine/{mine.pk}/object/", {"reason": "not_lived_in"}).status_code == 302
    assert lin.post(f"{base}/take/", {"outcome": "left"}).status_code == 302
    with cast.lin.acting():
        assert Household.objects.get().until is not None


def test_each_side_has_its_own_pages(cast: Cast, held: Managing, firm: Person) -> None:
    mine = reported(cast, firm, held)
    he, lin, zhou, town = (signed_in(one) for one in (firm, cast.lin, cast.zhou, cast.town))
    for path in ("sheets", f"sheets/{held.pk}", "sheets/inbox", f"sheets/mine/{mine.pk}", f"sheets/{held.pk}/file"):
        assert he.get(f"/{path}/").status_code == 200, path
        assert lin.get(f"/{path}/").status_code == 409, path
    for path in ("sheets/lines", f"sheets/lines/{mine.pk}", f"sheets/lines/{mine.pk}/open/name"):
        assert lin.get(f"/{path}/").status_code == 200, path
        assert he.get(f"/{path}/").status_code == 409, path
        assert town.get(f"/{path}/").status_code == 409, path
    assert zhou.get(f"/sheets/lines/{mine.pk}/").status_code == 404
    for path in ("homes", "people", "firms", "search", "desk"):
        assert he.get(f"/{path}/").status_code in (302, 404, 409), path


def test_the_inboxes_ask_as_often_for_three_as_for_one(
    cast: Cast, held: Managing, firm: Person, queries_of: QueriesOf
) -> None:
    def measure(n: int) -> None:
        with firm.acting() as by:
            lines = [new_line(cast, held, at=at) for at in range(n)]
            sheet = hand_in(held, lines=lines, by=by, now=timezone.now())
            with queries_of(4):
                todays(sheet.day)
            with queries_of(1):
                assert len(lines_of(sheet)) == n
        with cast.lin.acting():
            with queries_of(1):
                assert len(page_of_lines(states=("waiting",))) == n
            with queries_of(1):
                assert counted_lines() == {"waiting": n}

    measure(1)
    measure(3)
