"""`wangge address`: Chinese address texts to parts, a normal form and a key, from arguments, a file or a pipe."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import IO

import click
from django.utils.translation import gettext as _

from wangge.core.addresses import Address, Kind, Named, Names, key, normal, parse

ALL, SOME, BAD = 0, 1, 2
COLUMNS = ("address", "地址", "text")
PARTS = tuple(kind.value for kind in Kind)
HEAD = ("address", "normal", "key", *PARTS, "also")
FORMULA = ("=", "+", "-", "@", "\t")
SHOW_EVERY = 500


class BadInput(click.ClickException):
    """A file that cannot be read as it stands: the sentence names row and column. Exit code 2."""

    exit_code = BAD


@click.command()
@click.argument("sources", nargs=-1, metavar="[FILE|TEXT]...")
@click.option(
    "--column", help="The column of a CSV file that holds the addresses; else address, 地址, text or the first."
)
@click.option("--names", "names_file", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="A CSV file of local names: kind,name[,alias]...")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write here instead of the screen.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def address(
    *, sources: tuple[str, ...], column: str | None, names_file: Path | None, out: Path | None, as_json: bool
) -> None:
    """Read Chinese addresses: their parts, a normal form, and the key by which two spellings of one door are equal.

    Takes addresses, or one file of them (CSV with a header, else one address a line; UTF-8 or GB18030), or - for a
    pipe. Kinds of local names: province, city, county, town, community, road, place, hamlet.

    Exit code 0: all understood; 1: of some a piece was left over; 2: the input is bad, row and column are named.

    Example: wangge address 柳园新村三号楼甲单元0502室
    Example: wangge address residents.csv --column 地址 --names names.csv --out parts.csv
    """
    names = read_names(names_file) if names_file else None
    texts = read_source(sources, column)
    is_file = is_sheet(sources)
    with target(out) as stream:
        bar = click.progressbar(texts, label=_("Addresses"), file=sys.stderr, update_min_steps=SHOW_EVERY)
        with bar if is_file and (out or not sys.stdout.isatty()) else nullcontext(texts) as shown:
            left = write(shown, names, stream, as_json=as_json, table=is_file)
    if is_file:
        click.echo(
            _("%(all)d addresses, %(left)d with a piece left over") % {"all": len(texts), "left": left}, err=True
        )
    sys.exit(SOME if left else ALL)


# --- what goes in ---


def is_sheet(sources: Sequence[str]) -> bool:
    """Whether the one source is a pipe or a file that is there, and no text."""
    return not sources or (len(sources) == 1 and (sources[0] == "-" or _is_file(sources[0])))


def _is_file(source: str) -> bool:
    try:
        return Path(source).is_file()
    except (OSError, ValueError):
        return False  # too long for a name of a file, or none at all


def read_source(sources: Sequence[str], column: str | None) -> Sequence[str]:
    if not is_sheet(sources):
        return sources
    if not sources or sources[0] == "-":
        return read_column(decoded(sys.stdin.buffer.read()), column, has_head=column is not None)
    path = Path(sources[0])
    has_head = column is not None or path.suffix.lower() in {".csv", ".tsv"}
    return read_column(decoded(path.read_bytes()), column, has_head=has_head)


def decoded(raw: bytes) -> str:
    """The text of a file in UTF-8 or GB18030, which is what sheets are saved in."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError as error:
        row, byte = raw.count(b"\n", 0, error.start) + 1, error.start - raw.rfind(b"\n", 0, error.start)
    raise BadInput(_("Row %(row)d, byte %(byte)d: neither UTF-8 nor GB18030; save the file as UTF-8")
                   % {"row": row, "byte": byte})  # fmt: skip


def read_column(text: str, column: str | None, *, has_head: bool) -> list[str]:
    """The addresses of a sheet: of its column, or its lines when no header names one."""
    head = [cell.strip() for cell in next(read_rows(text.partition("\n")[0]), [])]
    named = next((name for name in COLUMNS if name in head), None)
    if not has_head and named is None:
        return [line for line in text.splitlines() if line.strip()]
    wanted = column or named or next(iter(head), "")
    if wanted not in head:
        raise BadInput(_("Row 1: there is no column %(column)s; the file has: %(head)s")
                       % {"column": wanted, "head": ", ".join(head)})  # fmt: skip
    return list(cells_of(text, wanted, head.index(wanted)))


def cells_of(text: str, column: str, at: int) -> Iterator[str]:
    for number, row in enumerate(read_rows(text), 1):
        if row and len(row) <= at:
            raise BadInput(_("Row %(row)d, column %(column)s: the row ends before it")
                           % {"row": number, "column": column})  # fmt: skip
        if row and number > 1:
            yield row[at]


def read_rows(text: str) -> Iterator[list[str]]:
    first = text.partition("\n")[0]
    delimiter = "\t" if "\t" in first and "," not in first else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from rows
    except csv.Error as error:
        raise BadInput(_("Row %(row)d: %(error)s") % {"row": rows.line_num, "error": error}) from None


def read_names(path: Path) -> Names:
    found: list[tuple[str, str, str]] = []
    for number, row in enumerate(read_rows(decoded(path.read_bytes())), 1):
        kind, name, *aliases = [*(cell.strip() for cell in row), "", ""]
        if kind == "kind" or not any((kind, name, *aliases)):
            continue
        where = {"file": path.name, "row": number, "kind": kind, "kinds": ", ".join(Named)}
        if kind not in list(Named):
            raise BadInput(_("%(file)s, row %(row)d, column kind: %(kind)s is none of %(kinds)s") % where)
        if not name:
            raise BadInput(_("%(file)s, row %(row)d, column name: the name is missing") % where)
        found += ((kind, spelling, name) for spelling in (name, *aliases) if spelling)
    return Names(found)


# --- what comes out ---


def target(out: Path | None) -> AbstractContextManager[IO[str]]:
    if out is None:
        return nullcontext(sys.stdout)
    return out.open("w", encoding="utf-8", newline="")


def write(texts: Iterable[str], names: Names | None, stream: IO[str], *, as_json: bool, table: bool) -> int:
    """Write each address and return of how many a piece was left over."""
    left = 0
    sheet = csv.writer(stream)
    if table and not as_json:
        sheet.writerow(HEAD)
    for text in texts:
        found = parse(text, names)
        left += not found.is_understood
        if as_json:
            stream.write(as_object(text, found) + "\n")
        elif table:
            sheet.writerow(cells(text, found))
        else:
            stream.write(as_lines(found) + "\n")
    return left


def as_object(text: str, found: Address) -> str:
    parts = {part: value for part in PARTS if (value := getattr(found, part))}
    spans = [(span.kind.value, span.start, span.end) for span in found.spans]
    whole = {"address": text, "normal": normal(found), "key": key(found), **parts, "also": found.also,
             "understood": found.is_understood, "spans": spans}  # fmt: skip
    return json.dumps(whole, ensure_ascii=False)


def cells(text: str, found: Address) -> list[str]:
    """The row of a sheet; a cell that a spreadsheet would take for a formula is quoted."""
    row = [text, normal(found), key(found), *(getattr(found, part) for part in PARTS), " ".join(found.also)]
    return [f"'{cell}" if cell.startswith(FORMULA) and not cell[1:].isdecimal() else cell for cell in row]


def as_lines(found: Address) -> str:
    parts = "  ".join(f"{part} {value}" for part in PARTS if (value := getattr(found, part)))
    return f"{normal(found)}\n  {parts}"
