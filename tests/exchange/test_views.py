"""The pages of imports: from the file to the report, in both languages, without JavaScript."""

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.browse import signed_in
from tests.cast import Cast, Person
from tests.conftest import QueriesOf
from tests.exchange.lists import checked, decided, run, sheet, taken, upload
from tests.exchange.made import AREAS, COMPOUNDS, OWN
from wangge.exchange import downloads
from wangge.exchange.importer import importers
from wangge.exchange.models import Doubt, Import
from wangge.exchange.queries import lists


def newest(person: Person) -> Import:
    with person.acting():
        return Import.objects.order_by("-id").select_related("source")[0]


def post(client: Client, address: str, **given: Any) -> str:
    answer = client.post(address, given, follow=True)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_list_is_brought_in_page_by_page(cast: Cast, language: str) -> None:
    admin = cast.system_admin
    taken(admin, checked(admin, "areas", AREAS, options=OWN))
    client = signed_in(admin, language)
    file = SimpleUploadedFile("小区.csv", COMPOUNDS, "text/csv")
    post(client, "/imports/new/", kind="compounds", source="房管科", file=file)
    held = run(admin, newest(admin))
    page = client.get(f"/imports/{held.pk}/", follow=True).content.decode()
    chosen = dict(re.findall(r'name="column-(\w+)".*?<option value="([^"]*)" selected', page, re.DOTALL))
    assert chosen["name"] == "小区名称"
    given = {f"column-{field}": name for field, name in chosen.items()}
    post(client, f"/imports/{held.pk}/columns/", **given, **{"system-kind": "wgs84"})
    held = run(admin, held)
    page = client.get(f"/imports/{held.pk}/", follow=True).content.decode()
    assert "好家园小区" in page
    assert ("太平路3号" in page, "<circle" in page) == (True, True)
    with admin.acting():
        likes = Doubt.objects.get(of=held, kind="same_row").pk
    post(client, f"/imports/{held.pk}/decide/", one=f"{likes}:same")
    page = post(client, f"/imports/{held.pk}/decide/", all="1", decision="out")
    assert f'action="/imports/{held.pk}/confirm/"' in page
    page = post(client, f"/imports/{held.pk}/confirm/")
    assert newest(admin).state == "decided"
    post(client, f"/imports/{held.pk}/confirm/", without_faulty="1")
    held = run(admin, held)
    page = client.get(f"/imports/{held.pk}/", follow=True).content.decode()
    assert ("Joined with another" in page) is (language == "en")
    rows = list(csv.reader(io.StringIO(b"".join(client.get(f"/imports/{held.pk}/report/table/")).decode("utf-8-sig"))))
    assert {row[0] for row in rows[1:]} == {"3", "4", "5"} - {"2"} | {"3"}
    assert post(client, f"/imports/{held.pk}/undo/")
    assert run(admin, held).state == "undone"
    assert client.get(f"/imports/{held.pk}/report/").status_code == 200


def test_the_pages_are_for_the_administrator_alone(cast: Cast) -> None:
    held = upload(cast.system_admin, "compounds", COMPOUNDS)
    for person in (cast.lin, cast.zhao, cast.acceptor, cast.chief, cast.auditor):
        client = signed_in(person)
        for address in ("/imports/", "/imports/new/", f"/imports/{held.pk}/", f"/imports/{held.pk}/report/table/"):
            assert client.get(address).status_code == 409, address
        assert client.post(f"/imports/{held.pk}/give-up/").status_code == 409
    other = signed_in(cast.security_admin)  # who brings in the staff, and no places
    for address in (f"/imports/{held.pk}/", f"/imports/{held.pk}/report/table/"):
        assert other.get(address).status_code == 404, address
    assert other.post(f"/imports/{held.pk}/give-up/").status_code == 404
    wang = signed_in(cast.wang)  # who brings in her residents, and no places
    assert wang.get("/imports/").status_code == 200
    assert wang.get(f"/imports/{held.pk}/").status_code == 404
    assert newest(cast.system_admin).state == "read"


def test_work_shows_its_bar_and_asks_again(cast: Cast) -> None:
    admin, client = cast.system_admin, signed_in(cast.system_admin)
    held = upload(admin, "compounds", COMPOUNDS)
    with admin.acting():
        Import.objects.filter(pk=held.pk).update(state="mapped")
    page = client.get(f"/imports/{held.pk}/").content.decode()
    assert ("<progress" in page, "Look again" in page) == (True, True)
    assert "HX-Refresh" not in client.get(f"/imports/{held.pk}/progress/").headers
    with admin.acting():
        Import.objects.filter(pk=held.pk).update(state="read")
    assert client.get(f"/imports/{held.pk}/progress/").headers["HX-Refresh"] == "true"


def test_the_list_and_the_rows_ask_the_database_as_often_for_three_as_for_one(
    cast: Cast, queries_of: QueriesOf
) -> None:
    admin = cast.system_admin
    held = checked(admin, "compounds", COMPOUNDS)
    for number in range(3):
        held = checked(admin, "compounds", COMPOUNDS) if number else held
        with admin.acting(), queries_of(1):
            lists.imports()
        with admin.acting(), queries_of(1):
            assert lists.rows_of(held, fate="faulty")
        with admin.acting(), queries_of(1):
            lists.doubts_of(held)
    with admin.acting():
        assert len(lists.imports()) == 3
        assert lists.imports(after=held.pk)[0].pk < held.pk


def test_faults_are_found_by_column_and_rule(cast: Cast) -> None:
    admin, client = cast.system_admin, signed_in(cast.system_admin)
    held = checked(admin, "compounds", COMPOUNDS)
    page = client.get(f"/imports/{held.pk}/rows/?rule=unknown_area&field=community").content.decode()
    assert page.count("甲社区") >= 4
    assert client.get(f"/imports/{held.pk}/rows/?rule=nothing&field=x").status_code == 200
    assert decided(admin, held, "out").state == "decided"


@pytest.mark.parametrize(("language", "ending"), [("en", "xlsx"), ("zh-hans", "csv")])
def test_templates_are_understood_by_their_own_importer(cast: Cast, language: str, ending: str) -> None:
    for kind in importers():
        admin = cast.security_admin if kind.role == "security_admin" else cast.system_admin
        client = signed_in(admin, language)
        raw = client.get(f"/imports/template/{kind.kind}.{ending}").content
        held = checked(admin, kind.kind, raw, options=OWN)
        found = {fault["rule"] for row in rows_of(admin, held) for fault in row}
        assert held.rows == 2
        assert found <= {"unknown_area", "unknown_compound", "unknown_parent", "no_grid", "swapped", "no_area",
                         "unknown_unit", "parent_faulty"}  # fmt: skip


def rows_of(person: Person, held: Import) -> list[list[dict[str, str]]]:
    from wangge.exchange.models import Row

    with person.acting():
        return list(Row.objects.filter(of=held).values_list("faults", flat=True))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1+2", "@x", "\t=1", "＝1", "  =1", "=cmd|' /C calc'!A0"])
def test_no_cell_of_a_download_is_a_formula(cell: str) -> None:
    assert downloads.harmless(cell).startswith("'")
    assert downloads.harmless("-3.5") == "-3.5"
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(downloads.as_xlsx([["a"], [cell]], "x")))
    assert book.worksheets[0]["A2"].data_type == "s"


def test_an_address_of_nothing_is_404_and_an_empty_list_says_what_to_do(cast: Cast) -> None:
    client = signed_in(cast.system_admin)
    assert client.get("/imports/4711/").status_code == 404
    assert "Begin with the areas" in client.get("/imports/").content.decode()
    assert client.get("/imports/template/nothing.csv").status_code == 302
    assert sheet(["a"])
