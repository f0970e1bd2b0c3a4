"""Builds the site in both languages with every warning an error, and gives each language a search of its own."""

import json
import logging
import shutil
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as run
from mkdocs.config import load_config

from tools.site.assembly import assemble
from tools.site.sources import Page
from tools.tree import ROOT, name_of

INDEX = Path("search", "search_index.json")
OTHER = "zh-Hans"


class Warnings(logging.Handler):
    """Keeps what the builder warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def filled(nav: list[Any], docs: Path) -> list[Any]:
    """The menu, with a folder (`decisions/`) replaced by its pages: a new one needs no line."""
    found: list[Any] = []
    for entry in nav:
        if isinstance(entry, dict):
            found += [
                {name: filled(value, docs) if isinstance(value, list) else value} for name, value in entry.items()
            ]
        elif entry.endswith("/"):
            pages = sorted((docs / entry).glob("*.md"), key=lambda path: (path.name != "README.md", path.name))
            found += [name_of(path, docs) for path in pages if not path.name.endswith(".zh-Hans.md")]
        else:
            found.append(entry)
    return found


def split(site: Path) -> dict[str, int]:
    """Part the index by language, each with addresses from its own front page; returns how many entries each has."""
    whole = json.loads((site / INDEX).read_text(encoding="utf-8"))
    parts: dict[str, list[dict[str, Any]]] = {"": [], OTHER: []}
    for entry in whole["docs"]:
        inside = entry["location"].startswith(f"{OTHER}/")
        parts[OTHER if inside else ""].append({**entry, "location": entry["location"].removeprefix(f"{OTHER}/")})
    for folder, docs in parts.items():
        path = site / folder / INDEX
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({**whole, "docs": docs}, ensure_ascii=False), encoding="utf-8")
    return {folder: len(docs) for folder, docs in parts.items()}


def build(root: Path = ROOT) -> tuple[dict[str, Page], list[str]]:
    """Build into build/site; returns the pages, and what the builder warned of."""
    target = root / "build"
    for folder in ("docs", "site"):
        shutil.rmtree(target / folder, ignore_errors=True)
    held = assemble(target / "docs", root)
    heard = Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(heard)
    try:
        config = load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(target / "docs"), site_dir=str(target / "site"))
        config.nav = filled(config.nav or [], target / "docs")
        run(config)
    finally:
        logger.removeHandler(heard)
    split(target / "site")
    return held, heard.said
