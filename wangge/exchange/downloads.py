"""Files to download: a template of each kind with examples, and the report of an import; no cell is ever a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from wangge.exchange.importer import Importer

UNSEEN = " \n\u00a0\u3000\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def harmless(text: str) -> str:
    """The text with an apostrophe before whatever a spreadsheet would take for a formula; plain numbers stay."""
    plain = text.lstrip(UNSEEN)
    if plain.startswith(FORMULA) and not NUMBER.fullmatch(plain):
        return "'" + text
    return text


def rows_of(kind: Importer, *, is_english: bool) -> list[list[str]]:
    """The header of a template, and two rows of examples: invented, as everything in examples is."""
    fields = kind.fields
    most = max(len(one.examples) for one in fields)
    header = [one.code if is_english or not one.names else one.names[0] for one in fields]
    return [header, *([(*one.examples, "", "")[n] for one in fields] for n in range(most))]


def as_csv(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """CSV as spreadsheets here open it: UTF-8 with its mark."""
    out = io.StringIO()
    writer = csv.writer(out)
    yield "\ufeff"
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def as_xlsx(rows: Iterable[Sequence[str]], title: str) -> bytes:
    """A workbook whose cells are all texts."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type, cell.number_format = "s", "@"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
