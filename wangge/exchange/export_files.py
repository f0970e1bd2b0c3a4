"""The files of exports: made whole or not at all, kept outside of everything that is served, taken away when over."""

import csv
import hashlib
import os
import secrets
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from wangge.exchange.downloads import harmless
from wangge.exchange.export_words import Form
from wangge.exchange.exporter import NUMERIC, Cell, Column

Fact = tuple[str, str]
CHUNK = 1 << 20
LONGEST = 32_767  # characters of a cell of a workbook
HOUR = 3600
WIDTHS = {"code": 16, "place": 20, "unit": 24, "word": 16, "count": 10, "number": 12, "day": 12, "moment": 17}
MEDIA = {Form.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Form.CSV: "application/zip"}
ENDINGS = {Form.XLSX: "xlsx", Form.CSV: "zip"}


@dataclass(frozen=True)
class Content:
    """What a file says: its mark, its facts, its columns, its rows."""

    mark: str
    facts: Sequence[Fact]
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]


@dataclass(frozen=True)
class Made:
    """A file on the disk."""

    stored: str
    digest: str
    size: int
    rows: int


def folder() -> Path:
    place: Path = settings.WANGGE.home / "exports"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def path_of(stored: str) -> Path:
    return folder() / stored


def written(value: Cell) -> str:
    """A cell as text: moments in local time, nothing that a spreadsheet would take for a formula."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value)).encode("utf-8", "replace").decode()
    return harmless(text[: LONGEST - 1])


def keep(content: Content, form: str) -> Made:
    """Write the file under a random name; nothing stays of one that could not be finished."""
    stored = secrets.token_hex(16)
    draft = path_of(f"{stored}.new")
    rows = _Counted(content.rows)
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            if form == Form.XLSX:
                _workbook(content, rows).save(file)
            else:
                _pack(content, rows, file)
            file.flush()
            os.fsync(file.fileno())
        digest, size = digest_of(draft), draft.stat().st_size
        draft.rename(path_of(stored))
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return Made(stored, digest, size, rows.number)


class _Counted:
    """Rows that count themselves while they are written."""

    def __init__(self, rows: Iterable[Sequence[Cell]]) -> None:
        self._rows, self.number = rows, 0

    def __iter__(self) -> Iterator[Sequence[Cell]]:
        for row in self._rows:
            self.number += 1
            yield row


def digest_of(path: Path) -> str:
    """SHA-256 of a file, as people compare it."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _workbook(content: Content, rows: Iterable[Sequence[Cell]]) -> Workbook:
    """A sheet of facts, and one of rows that bears the mark on every line and every printed page."""
    book = Workbook(write_only=True)
    about, sheet = book.create_sheet(_("About this file")), book.create_sheet(_("Rows"))
    try:
        _lay_out(content, about, sheet)
        for name, fact in content.facts:
            about.append([_text(about, name, bold=True), _text(about, fact)])
        sheet.append([_text(sheet, str(one), bold=True) for one in (*(c.label for c in content.columns), _("Mark"))])
        numeric = [column.type in NUMERIC for column in content.columns]
        for row in rows:
            cells = [
                value if is_number and isinstance(value, int | float) else _text(sheet, value)
                for value, is_number in zip(row, numeric, strict=True)
            ]
            sheet.append([*cells, _text(sheet, content.mark)])
    except BaseException:
        about.close()  # each sheet has a draft of its own, which is left open otherwise
        sheet.close()
        raise
    return book


def _lay_out(content: Content, about: Any, sheet: Any) -> None:
    """Widths, a header that stays, and the mark on paper: this has to come before the first row."""
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 24, 100
    for number, width in enumerate([*(WIDTHS[column.type] for column in content.columns), WIDTHS["code"]], 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    head = " · ".join(fact for _name, fact in content.facts[:3])  # the mark, for whom, until when
    for one in (about, sheet):
        one.oddHeader.center.text = head[:100].replace("&", "&&")
        one.oddFooter.left.text, one.oddFooter.right.text = content.mark, "&P / &N"


def _text(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    """A cell that is a text whatever stands in it."""
    cell = WriteOnlyCell(sheet, value=written(value))
    cell.data_type, cell.number_format = "s", "@"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _pack(content: Content, rows: Iterable[Sequence[Cell]], file: IO[bytes]) -> None:
    """A clean table, and beside it the facts as a text: both in one packed file."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="", dir=folder()) as table:
        writer = csv.writer(table)
        table.write("\ufeff")
        writer.writerow([*(written(str(column.label)) for column in content.columns), _("Mark")])
        for row in rows:
            writer.writerow([*map(written, row), content.mark])
        table.flush()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("about.txt", "\ufeff" + "".join(f"{name}: {fact}\r\n" for name, fact in content.facts))
            table.seek(0)
            with packed.open(f"{content.mark}.csv", "w") as inside:
                while chunk := table.read(CHUNK):
                    inside.write(chunk.encode())


def remove(stored: str) -> None:
    """Take a file off the disk; no backup carries it."""
    if stored:
        path_of(stored).unlink(missing_ok=True)


def sweep(kept: Collection[str], *, now: datetime) -> int:
    """Remove what no export names any more: a transaction was rolled back, or a removal broken off."""
    before, swept = now.timestamp() - HOUR, 0
    for path in folder().iterdir():
        if path.name not in kept and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            swept += 1
    return swept
