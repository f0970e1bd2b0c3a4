"""What no file of the repository holds: paths of somebody's machine, registries, keys, real phone numbers."""

import re
from dataclasses import dataclass
from pathlib import Path

from tools.tree import NAMES_WHAT_IT_FORBIDS, ROOT, TEXT_ENDINGS, Finding, files, name_of, report

HOMES = r"(?:work|root|home/[a-z]\w*|Users/\w+)\b"
REGISTRIES = r"registry\.npmjs\.org|files\.pythonhosted\.org|pypi\.org/simple"
TALK = r"\bas an AI\b|language model|co-authored-by|generated with|lorem ipsum"


KEYS = (
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{36}|\bglpat-[\w-]{20}"
    r"|\bxox[abprs]-[\w-]{20}|://\w+:(?!password@)[^@\s{}$%<>'\"]{8,}@|(?i:secret_key|api_?key|password)\s*[=:]\s*['\"][A-Za-z0-9+/]{32,}['\"]"
)
PHONES = r"(?<![\d.])(?!1380000)1[3-9]\d{9}(?!\d)|(?<!\d)0512[- ]?(?!0000)\d{4} ?\d{4}(?!\d)"


@dataclass(frozen=True)
class TextRule:
    """A pattern that must not be found; `inside` limits the rule to a folder."""

    name: str
    message: str
    pattern: re.Pattern[str]
    inside: str = ""


RULES = (
    TextRule("path", "a path of one machine", re.compile(rf"(?<![\w./~$}}])/{HOMES}|[A-Z]:\\\\?Users")),
    TextRule("registry", "an address of a registry", re.compile(REGISTRIES)),
    TextRule("talk", "the repository speaks of the product only", re.compile(TALK, re.IGNORECASE)),
    TextRule("key", "a key or a password that opens something", re.compile(KEYS)),
    TextRule("phone", "a phone number that may be somebody's: invented ones start with 138 0000 or 0512-0000",
             re.compile(PHONES), "wangge/"),
)  # fmt: skip


def check_text(path: str, text: str) -> list[Finding]:
    """What one file holds that it should not."""
    return [
        Finding(path, number, rule.name, rule.message)
        for number, line in enumerate(text.splitlines(), 1)
        for rule in RULES
        if path.startswith(rule.inside) and rule.pattern.search(line)
    ]


def check(root: Path = ROOT) -> list[Finding]:
    """Every text file of the repository."""
    wrong: list[Finding] = []
    for path in files(root):
        name = name_of(path, root)
        if path.suffix in TEXT_ENDINGS and name not in NAMES_WHAT_IT_FORBIDS:
            wrong += check_text(name, path.read_text(encoding="utf-8", errors="replace"))
    return wrong


if __name__ == "__main__":
    raise SystemExit(report(check(), "repository"))
