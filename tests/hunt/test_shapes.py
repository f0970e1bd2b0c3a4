"""The hunter's own tools: a value is found in whatever it is written, and what is packed is read."""

import base64
import gzip
import json
import struct
from urllib.parse import quote

import pytest

from tests.hunt.browsing import log_records, of_profile, packed_values, table_blocks
from tests.hunt.forms import Trace, traces
from tests.hunt.marked import Marked
from tests.hunt.pages import images_in
from tests.hunt.scanning import Scanner
from tests.hunt.unpacking import archive, lz4, snappy
from wangge.core.identifiers import citizen_id, phone

ONE = Marked(7)
AROUND = "一些话 before {} 之后 after"


def found(data: bytes) -> set[tuple[str, str]]:
    scanner = Scanner.of(traces(ONE.number, ONE.values))
    return {(one.trace.kind, one.trace.form) for one in scanner.scan(data, "here")}


def test_invented_people_are_lawful_and_all_different() -> None:
    from datetime import date

    people = [Marked(number) for number in range(2_000)]
    assert all(citizen_id(one.document, today=date(2026, 11, 23)) == one.document for one in people)
    assert all(phone(one.phone) == one.phone for one in people)
    for values in zip(*(one.values.values() for one in people), strict=True):
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("skipped", range(6))
def test_a_name_is_found_wherever_it_stands_in_base64(skipped: int) -> None:
    text = "x" * skipped + ONE.name + "xyz"
    assert ("name", f"base64 +{skipped % 3}") in found(base64.b64encode(text.encode()))
    assert ("name", f"base64 of links +{skipped % 3}") in found(base64.urlsafe_b64encode(text.encode()))


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("UTF-8", AROUND.format(ONE.name).encode()),
        ("GB18030", AROUND.format(ONE.name).encode("gb18030")),
        ("UTF-16LE", AROUND.format(ONE.name).encode("utf-16-le")),
        ("UTF-16BE", AROUND.format(ONE.name).encode("utf-16-be")),
        ("hex", AROUND.format(ONE.name).encode().hex().encode()),
        ("URL of UTF-8", quote(AROUND.format(ONE.name)).encode()),
        ("url of GB18030", quote(AROUND.format(ONE.name), encoding="gb18030").lower().encode()),
        ("JSON", json.dumps({"said": AROUND.format(ONE.name)}).encode()),
    ],
)
def test_a_name_is_found_in_every_writing(form: str, data: bytes) -> None:
    assert ("name", form) in found(data)


def test_a_number_is_found_alone_and_in_groups_but_not_inside_another() -> None:
    assert ("phone", "UTF-8") in found(f"call {ONE.phone}.".encode())
    assert ("phone", "in groups") in found(f"{ONE.phone[:3]} {ONE.phone[3:7]} {ONE.phone[7:]}".encode())
    assert found(f"{ONE.phone}4711".encode()) == set()
    assert ("document", "last six") in found(b"************" + ONE.document[-6:].encode())
    assert found(b"abcdef" + ONE.document[-6:].encode() + b"gh") == set()


def test_a_pattern_too_short_to_be_told_from_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        Scanner.of([Trace(1, "name", "short", "text", b"abc")])


def test_packed_streams_are_read_and_others_are_not() -> None:
    plain = b"abcabcabcabcabc12345"
    assert lz4(b"\x38abc\x03\x00\x5012345", 20) == plain
    assert snappy(b"\x14\x08abc\x11\x03\x01\x03\x1012345") == plain
    for wrong in (b"", b"\xff\xff\xff", b"\x38abc\x09\x00\x5012345"):
        assert lz4(wrong, 20) is None
    assert snappy(b"\x14\x08abc\x11\x09") is None
    assert [label for label, _piece in archive(gzip.compress(gzip.compress(plain)), "x")] == ["x!gzip", "x!gzip!gzip"]


def test_bytes_that_only_look_like_a_record_of_the_log_are_passed_over() -> None:
    cut = struct.pack("<I", 45).ljust(24, b"\0").ljust(64, b"\0")  # a second block would begin at its last byte
    assert list(images_in(cut)) == []


def test_stores_of_a_browser_are_read() -> None:
    assert log_records(b"\0\0\0\0\x03\0\1abc\0\0\0\0\x02\0\1de") == b"abcde"
    assert list(packed_values(b"....\xff\x11\x02\x14\x08abc\x11\x03\x01\x03\x1012345")) == [b"abcabcabcabcabc12345"]
    entry = b"\x00\x01\x05kvalue" + b"\0\0\0\0\1\0\0\0"
    index = b"\x00\x01\x02k" + bytes([0, len(entry)]) + b"\0\0\0\0\1\0\0\0"
    at = len(entry) + 5
    handles = bytes([0, 0, at, len(index)])
    table = entry + b"\0----" + index + b"\0----" + handles.ljust(40, b"\0") + bytes.fromhex("57fb808b247547db")
    assert list(table_blocks(table)) == [b"k\nvalue"]


def test_a_profile_is_read_with_its_names(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "kept.bin").write_bytes(b".." + gzip.compress(b"inside") + b"..")
    assert ("browser kept.bin: gzip", b"inside") in list(of_profile(folder))
