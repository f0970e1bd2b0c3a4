"""Puts the pages of the site together: docs/, the pages made from the running code, and the files beside the README."""

import re
import shutil
from pathlib import Path

from tools.site import permissions, reference
from tools.site.sources import CHINESE, Page, page, pages
from tools.tree import ROOT

BESIDE_THE_README = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md"}
ENGLISH_ONLY = '\n!!! note ""\n    这一页只有英文。\n'
WIDE = ("words.md", "moves.md", "permissions.md", "who-may-see.md")
WITHOUT_CONTENTS = "---\nhide: [toc]\n---\n\n"
TO_THE_TWIN = re.compile(r" *\*?\[(?:English|中文)\]\([^)]*\)\*?")
DRAWING = re.compile(r"```mermaid\n.*?```\n", re.DOTALL)
BROKEN_LINE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef”])\n(?=[\u3400-\u9fff“（《]|\*\*|`(?!``)|\[)")
TO_THE_DOCS = re.compile(r"\]\(docs/")
TO_THE_README = re.compile(r"\]\(README(\.zh-Hans)?\.md\)")


def fitted(text: str) -> str:
    """A page as the site needs it.

    The twin is in the head of each page; a drawing would ask for a script; a line that ends in Chinese goes on without
    the space that a browser puts for the end of a line.
    """
    return BROKEN_LINE.sub("", DRAWING.sub("", TO_THE_TWIN.sub("", text)))


def outside(text: str) -> str:
    """A file that stands beside the README, with its links as they are from the pages."""
    return TO_THE_README.sub("](index.md)", TO_THE_DOCS.sub("](", text))


def made(root: Path) -> dict[str, str]:
    """The pages that no folder holds, by name."""
    beside = {name: outside((root / file).read_text(encoding="utf-8")) for file, name in BESIDE_THE_README.items()}
    return beside | reference.pages() | permissions.pages()


def assemble(target: Path, root: Path = ROOT) -> dict[str, Page]:
    """Write every page in both languages into the empty folder `target`, with the pictures; returns the pages."""
    docs = root / "docs"
    held = pages(docs) | {name: page(name, text) for name, text in made(root).items()}
    for each in list(held.values()):
        if not each.name.endswith(CHINESE) and each.twin not in held:
            title, _line, text = each.body.partition("\n")
            held[each.twin] = Page(each.twin, {}, f"{title}\n{ENGLISH_ONLY}{text}")
    shutil.copytree(docs / "pictures", target / "pictures")
    for each in held.values():
        path = target / each.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(WITHOUT_CONTENTS * each.is_one_of(WIDE) + fitted(each.body), encoding="utf-8")
    for drawing in docs.glob("benchmarks/*.svg"):
        shutil.copyfile(drawing, target / drawing.relative_to(docs))
    return held
