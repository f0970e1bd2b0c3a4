"""The pages as they stand in the repository: which language, which twin, and which of the two is the source."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tools.tree import ROOT, Finding, name_of

CHINESE = ".zh-Hans.md"
FRONT = re.compile(r"\A---\n(.*?)\n---\n+", re.DOTALL)
FIELD = re.compile(r"^(\w+): *(.*?) *$", re.MULTILINE)
ENGLISH_ALONE = ("dependencies.md", "decisions/*.md", "benchmarks/*.md")
"""For developers: read in English. What touches residents' rights has its twin all the same."""
WRITTEN_BY_PROGRAMS = ("words.md", "moves.md", "purposes.md", "who-may-see.md")
"""Both languages come from one table; neither is a translation of the other."""


@dataclass(frozen=True)
class Page:
    """A page of docs/: its name there, what it says of itself, and its text."""

    name: str
    front: dict[str, str]
    body: str

    @property
    def digest(self) -> str:
        """Eight hex digits that change with the text; the front matter does not count."""
        return sha256(self.body.encode()).hexdigest()[:8]

    @property
    def twin(self) -> str:
        """The name the page has in the other language."""
        return self.name[: -len(CHINESE)] + ".md" if self.name.endswith(CHINESE) else self.name[:-3] + CHINESE

    def is_one_of(self, patterns: tuple[str, ...]) -> bool:
        return any(Path(self.name.replace(CHINESE, ".md")).match(pattern) for pattern in patterns)


def page(name: str, text: str) -> Page:
    front = FRONT.match(text)
    fields = dict(FIELD.findall(front[1])) if front else {}
    return Page(name, fields, text[front.end() :] if front else text)


def pages(docs: Path) -> dict[str, Page]:
    """Every page of the folder, by its name."""
    found = (page(name_of(path, docs), path.read_text(encoding="utf-8")) for path in sorted(docs.rglob("*.md")))
    return {each.name: each for each in found}


def untwinned(held: dict[str, Page]) -> list[Finding]:
    """Pages that are there in one language and should be in both, and twins that do not say who is the source."""
    wrong: list[Finding] = []
    for each in held.values():
        if each.is_one_of(ENGLISH_ALONE):
            continue
        if each.twin not in held:
            wrong.append(Finding(f"docs/{each.name}", 0, "twin", f"{each.twin} is missing"))
        elif not each.is_one_of(WRITTEN_BY_PROGRAMS) and each.name < each.twin:
            said = [
                one for one in (each, held[each.twin]) if one.front.get("translation_of") == one.twin.split("/")[-1]
            ]
            if len(said) != 1:
                message = "one of the twins says in its front matter: translation_of: the other, source: its digest"
                wrong.append(Finding(f"docs/{each.name}", 0, "twin", message))
    return wrong


def older(held: dict[str, Page]) -> list[Finding]:
    """Translations made from another text than the source has now."""
    wrong: list[Finding] = []
    for each in held.values():
        source = held.get(each.twin) if "translation_of" in each.front else None
        if source is not None and each.front.get("source") != source.digest:
            message = f"older than {source.name}: bring it up to date, then python -m tools.site seen docs/{each.name}"
            wrong.append(Finding(f"docs/{each.name}", 1, "older", message))
    return wrong


def seen(path: Path, root: Path = ROOT) -> None:
    """Note in a translation which text of its source it says now."""
    docs = root / "docs"
    held = pages(docs)
    each = held[name_of(path.resolve(), docs)]
    source = held[each.twin]
    front = f"---\ntranslation_of: {source.name.split('/')[-1]}\nsource: {source.digest}\n---\n\n"
    path.write_text(front + each.body, encoding="utf-8")
