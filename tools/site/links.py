"""Reads the built site as a browser would: every link, anchor and picture is there, and nothing comes from outside."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools.tree import Finding, name_of

ASKED = {"img": "src", "script": "src", "link": "href", "source": "src", "iframe": "src", "form": "action"}
"""What a browser loads by itself; an `a` only when somebody follows it."""


@dataclass
class Read(HTMLParser):
    """What one page holds: its anchors, where it leads, and what it asks for. Line numbers are those of the page."""

    anchors: set[str] = field(default_factory=set)
    leads: list[tuple[int, str]] = field(default_factory=list)
    asks: list[tuple[int, str]] = field(default_factory=list)
    plain: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.leads.append((line, given["href"]))
        elif given.get(ASKED.get(tag, "")) and given.get("rel") not in {"canonical", "alternate", "prev", "next"}:
            self.asks.append((line, given[ASKED[tag]]))
        if tag == "img" and not given.get("alt", "").strip():
            self.plain.append(line)


def read(site: Path) -> dict[Path, Read]:
    found: dict[Path, Read] = {}
    for path in sorted(site.rglob("*.html")):
        found[path] = Read()
        found[path].feed(path.read_text(encoding="utf-8"))
    return found


def fault(page: Path, address: str, known: dict[Path, Read], *, asked: bool) -> str:
    """What is wrong with one address of a page; empty when it leads somewhere."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return f"is asked of another machine: {address}" if asked and parts.scheme != "data" else ""
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    target = target / "index.html" if target.is_dir() else target
    if not target.is_file():
        return f"leads nowhere: {address}"
    if parts.fragment and target in known and unquote(parts.fragment) not in known[target].anchors:
        return f"names no place of the page: {address}"
    return ""


def check(site: Path) -> list[Finding]:
    """Every address of every page. The page of a missing page is read from anywhere and is left out."""
    known = read(site.resolve())
    wrong: list[Finding] = []
    for page, held in known.items():
        if page.name == "404.html":
            continue
        name = name_of(page, site.resolve())
        addresses = [(line, to, False) for line, to in held.leads] + [(line, to, True) for line, to in held.asks]
        for line, address, asked in sorted(addresses):
            if message := fault(page, address, known, asked=asked):
                wrong.append(Finding(name, line, "link", message))
        wrong += [Finding(name, line, "picture", "a picture without words") for line in held.plain]
    return wrong
