"""House rules for templates: no inline script or style, no unmarked text, no foreign fragments."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

Check = Callable[[str, str, set[str]], Iterator[int]]

OUR_NAMES = {"wangge", "网格", "网格 wangge", "EN", "English", "中文"}
KEYS = {"Esc", "Enter", "Shift", "Shift X", "Ctrl"}
SPOKEN = {"alt", "aria-label", "placeholder", "title", "aria-description"}
DJANGO = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
MARKED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?%}.*?{%\s*endblocktrans(?:late)?\s*%}|{%\s*comment\b.*?{%\s*endcomment\s*%}",
    re.DOTALL,
)


@dataclass(frozen=True)
class TemplateRule:
    """A rule over one template; `check(text, app, apps)` yields the lines that break it."""

    name: str
    message: str
    check: Check


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def found(pattern: str) -> Check:
    """A rule that is broken where the pattern is found."""
    compiled = re.compile(pattern, re.IGNORECASE | re.DOTALL)

    def check(text: str, _app: str, _apps: set[str]) -> Iterator[int]:
        return (line_of(text, match.start()) for match in compiled.finditer(text))

    return check


def foreign_fragments(text: str, app: str, apps: set[str]) -> Iterator[int]:
    """`{% include "cases/_x.html" %}` in another app than cases; what web offers (components, layouts) is for all."""
    for match in re.finditer(r"""{%\s*(?:include|extends)\s+["']([\w-]+)/""", text):
        if match[1] in apps - {app, "web"} and app != "web":
            yield line_of(text, match.start())


def blanked(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


class Speech(HTMLParser):
    """Finds words that stand in the page without going through the catalogue."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[int] = []
        self.silent = 0

    def hear(self, words: str | None) -> None:
        if words and words.strip() not in OUR_NAMES | KEYS and re.search(r"[^\W\d_]{2,}|[\u4e00-\u9fff]", words):
            self.lines.append(self.getpos()[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style", "code"}
        for name, value in attrs:
            if name in SPOKEN:
                self.hear(value)

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style", "code"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.hear(data)


def unmarked_text(text: str, _app: str, _apps: set[str]) -> Iterator[int]:
    speech = Speech()
    speech.feed(DJANGO.sub(blanked, MARKED.sub(blanked, text)))
    yield from speech.lines


TEMPLATE_RULES = (
    TemplateRule("template-safe", "never switch escaping off", found(r"\|\s*safe(?:seq)?\b|{%\s*autoescape\s+off")),
    TemplateRule("inline-script", "no inline script: a module in frontend/",
                 found(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>")),
    TemplateRule("inline-style", "no inline style: a class", found(r"<style\b|\sstyle\s*=")),
    TemplateRule("inline-handler", "no on… attributes: data- attributes and a module", found(r"<[^>]*\son[a-z]+\s*=")),
    TemplateRule("trimmed", "blocktranslate is always trimmed",
                 found(r"{%\s*blocktrans(?:late)?\b(?![^%]*\btrimmed\b)[^%]*%}")),
    TemplateRule("fragment", "fragments of another app stay there: use a component of web", foreign_fragments),
    TemplateRule("unmarked", "every word goes through the catalogue", unmarked_text),
)  # fmt: skip
