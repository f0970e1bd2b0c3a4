"""XLSX and GeoJSON in a limited child: honest sheets come through, bombs do not."""

import io
import json
import resource
import subprocess
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from wangge.core.sheets import Unreadable
from wangge.exchange import reading
from wangge.exchange.sieving import Sieve, nothing

OPEN = Sieve(nothing, (), lambda _cell: "")
MOST = 512 * 1024  # KB that this process may grow by


def workbook(*rows: list[object]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain(raw: bytes) -> tuple[reading.Plain, list[tuple[int, list[str]]]]:
    kept = reading.keep([raw])
    try:
        return reading.make_plain(kept.stored, OPEN), [line[:2] for line in reading.rows_from(kept.stored, 0, 1000)[0]]
    finally:
        reading.remove(kept.stored)


def repacked(raw: bytes, **parts: bytes) -> bytes:
    """The workbook with parts of its archive replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(one.filename, parts.get(one.filename.replace("/", "_").replace(".", "_"), old.read(one)))
    return out.getvalue()


def test_values_come_as_people_see_them() -> None:
    found, rows = plain(
        workbook(
            ["名称", "代码", "户数", "日期", "有", "式"],
            ["甲", "012", 12.0, date(2026, 3, 1), True, "=1+1"],
            [None, None, None],
            ["乙", 320585100001, 12.5, None, False, None],
        )
    )
    assert (found.names, found.rows) == (("名称", "代码", "户数", "日期", "有", "式"), 2)
    assert rows == [
        (2, ["甲", "012", "12", "2026-03-01", "TRUE", "=1+1"]),
        (4, ["乙", "320585100001", "12.5", "", "FALSE"]),
    ]


SHEET = "xl_worksheets_sheet1_xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


@pytest.mark.parametrize(
    ("part", "rule"),
    [
        (HEAD + b"<row>" + b" " * 90_000_000 + b"</row>" + TAIL, "ratio"),
        (HEAD + b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 400)) + TAIL,
         "cells"),
        (b"<worksheet><sheetData><row><c", "zip"),
    ],
    ids=["blanks", "wide", "broken"],
)  # fmt: skip
def test_a_bomb_is_refused_before_it_goes_off(part: bytes, rule: str) -> None:
    raw = repacked(workbook(["a", "b"], [1, 2]), **{SHEET: part})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unreadable) as refused:
        plain(raw)
    assert refused.value.rule in {rule, "no_header"}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST


def test_a_claim_of_a_million_columns_costs_nothing() -> None:
    claims = HEAD.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    part = claims + b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    part += b'<row r="2"><c r="A2"><v>3</v></c><c r="B2"><v>4</v></c></row>' + TAIL
    _found, rows = plain(repacked(workbook(["a"]), **{SHEET: part}))
    assert rows == [(2, ["3", "4"])]


def test_features_with_their_outline_come_as_rows() -> None:
    square = [[[121.0, 31.0], [121.2, 31.0], [121.2, 31.2], [121.0, 31.0]]]
    features = [{"properties": {"name": "甲", "height": 20}, "geometry": {"type": "Polygon", "coordinates": square}}]
    found, rows = plain(json.dumps({"type": "FeatureCollection", "features": features}).encode())
    assert (found.encoding, found.names) == ("geojson", ("name", "height", "lon", "lat", "geometry"))
    assert rows[0][1][:4] == ["甲", "20", "121.1000000", "31.1000000"]


def test_the_child_knows_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}

    def look(*arguments: object, **given: object) -> None:
        seen.update(given)
        raise OSError

    monkeypatch.setattr(subprocess, "run", look)
    with pytest.raises(OSError):
        plain(workbook(["a"], ["b"]))
    assert seen["env"] == {}
    assert seen["cwd"] == "/"
