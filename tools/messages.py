"""Message catalogues without GNU gettext: `check`, `update` and `compile` the zh_Hans entries of each app."""

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tools.tree import ROOT, Finding, apps, files, name_of, report

CATALOGUE = Path("locale", "zh_Hans", "LC_MESSAGES", "django.po")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
HEAD = """msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
PLACE = re.compile(r"%\((\w+)\)[sd]|{(\w+)}|%[sd]")


class Key(NamedTuple):
    """What makes an entry: its context and its English text (the singular)."""

    context: str
    msgid: str


class Entry(NamedTuple):
    """One text to be said in Chinese, and where it first stands."""

    msgid: str | tuple[str, str]
    path: str
    line: int


def sources(app: Path) -> Iterator[tuple[Path, bytes]]:
    """Python files and templates of an app, templates as the Python that says the same."""
    for path in files(app, ".py", ".html", ".txt"):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            yield path, text.encode()
        elif "templates" in path.parts:
            told = templatize(text, origin=str(path))
            yield path, "\n".join(line.lstrip() for line in told.split("\n")).encode()  # its indents mean nothing


def wanted(app: Path, root: Path = ROOT) -> dict[Key, Entry]:
    """Everything the app says, by context and text."""
    found: dict[Key, Entry] = {}
    for path, text in sources(app):
        for line, msgid, _comments, context in extract("python", io.BytesIO(text), KEYWORDS):
            said = (str(msgid[0]), str(msgid[1])) if isinstance(msgid, tuple) else str(msgid)
            key = Key(context or "", said if isinstance(said, str) else said[0])
            if key not in found or isinstance(said, tuple):
                found[key] = Entry(said, name_of(path, root), line)
    return found


def read(app: Path) -> Catalog:
    """The catalogue of an app, empty when it has none."""
    path = app / CATALOGUE
    if not path.exists():
        return Catalog(locale="zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def kept(catalogue: Catalog) -> dict[Key, tuple[str, bool]]:
    """(Chinese text, fuzzy?) of each entry."""
    held: dict[Key, tuple[str, bool]] = {}
    for message in catalogue:
        if message.id:
            msgid = message.id if isinstance(message.id, str) else message.id[0]
            said = message.string if isinstance(message.string, str) else (message.string or ("",))[0]
            held[Key(message.context or "", msgid)] = (said, message.fuzzy)
    return held


def places(text: str) -> set[str]:
    return {match[0] for match in PLACE.finditer(text)}


def check_app(app: Path, root: Path = ROOT) -> list[Finding]:
    """Missing, fuzzy, empty, unused entries, and Chinese that drops or invents a placeholder."""
    asked, held = wanted(app, root), kept(read(app))
    catalogue = name_of(app / CATALOGUE, root)
    wrong = [
        Finding(entry.path, entry.line, "missing", f"no Chinese for {key.msgid!r} in {catalogue}")
        for key, entry in asked.items()
        if not held.get(key, ("", False))[0]
    ]
    for key, (said, fuzzy) in held.items():
        if key not in asked:
            wrong.append(Finding(catalogue, 0, "unused", f"nobody says {key.msgid!r} any more"))
        elif fuzzy:
            wrong.append(Finding(catalogue, 0, "fuzzy", f"look at {key.msgid!r} and take the mark off"))
        elif said and not places(said) <= places(" ".join(both(asked[key].msgid))):
            wrong.append(Finding(catalogue, 0, "places", f"placeholders of {key.msgid!r} and its Chinese differ"))
        elif said and places(both(asked[key].msgid)[-1]) - places(said):
            wrong.append(Finding(catalogue, 0, "places", f"the Chinese of {key.msgid!r} leaves a placeholder out"))
    return wrong


def both(text: str | Sequence[str]) -> tuple[str, ...]:
    """Singular and plural, or the one text there is."""
    return (text,) if isinstance(text, str) else tuple(text)


def written(entries: dict[Key, Entry], held: dict[Key, tuple[str, bool]]) -> str:
    """The text of a catalogue with just these entries, sorted, without places and dates."""
    catalogue = Catalog(locale="zh_Hans")
    for key, entry in entries.items():
        said, fuzzy = held.get(key, ("", False))
        string = said if isinstance(entry.msgid, str) else (said,)
        catalogue.add(entry.msgid, string, flags=["fuzzy"] if fuzzy else [], context=key.context or None)
    body = io.BytesIO()
    write_po(body, catalogue, width=120, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return HEAD + body.getvalue().decode().strip() + "\n"


def update(root: Path = ROOT) -> None:
    """Add what is missing (with the Chinese another app has for it), drop what is unused, sort."""
    everywhere = {key: value for app in apps(root) for key, value in kept(read(app)).items() if value[0]}
    for app in apps(root):
        asked, held = wanted(app, root), kept(read(app))
        path = app / CATALOGUE
        if asked:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(written(asked, {**everywhere, **{k: v for k, v in held.items() if v[0]}}), encoding="utf-8")
        elif path.exists():
            path.unlink()


def compile_all(root: Path = ROOT) -> None:
    """Make the .mo files that Django reads; they are built, never committed."""
    for app in apps(root):
        path = app / CATALOGUE
        if path.exists():
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, read(app))


def apart(root: Path = ROOT) -> list[Finding]:
    """Texts that two apps say in different Chinese: Django keeps one of them for both."""
    said: dict[Key, tuple[str, str]] = {}
    wrong = []
    for app in apps(root):
        catalogue = name_of(app / CATALOGUE, root)
        for key, (text, _fuzzy) in kept(read(app)).items():
            other, elsewhere = said.setdefault(key, (text, catalogue))
            if other != text:
                wrong.append(Finding(catalogue, 0, "apart", f"{key.msgid!r} is {text} here and {other} in {elsewhere}"))
    return wrong


def check(root: Path = ROOT) -> list[Finding]:
    """What keeps the product from speaking whole Chinese."""
    return [*(finding for app in apps(root) for finding in check_app(app, root)), *apart(root)]


def main(arguments: list[str]) -> int:
    """Run one command; 2 when it is unknown."""
    match arguments:
        case ["check"] | []:
            return report(check(), "messages")
        case ["update"]:
            update()
            return 0
        case ["compile"]:
            compile_all()
            return 0
    print("usage: python -m tools.messages check|update|compile")
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
