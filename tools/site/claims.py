"""What the pages say of the product, held against it: commands, settings, targets, files and pictures that exist."""

import re
from pathlib import Path

from tools import words
from tools.site.sources import CHINESE, Page
from tools.tree import ROOT, Finding

CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
COMMAND = re.compile(r"(?<![\w/.-])wangge ([a-z][a-z-]*)(?![\w@.])")
SETTING = re.compile(r"\bWANGGE_[A-Z_]+\b")
TARGET = re.compile(r"(?<![\w-])make ([a-z]+)\b")
FILE = re.compile(r"(?<![\w/.-])((?:wangge|tests|tools|docs|frontend)/[\w./-]*\w/?)(?![\w*{])")
MARKS = re.compile(r"\]\([^)]*\)|<[^>]*>|!(?=\[)|^!!! \w+", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)")
TIGHT = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")
OF_TEST_RUNS = {"WANGGE_SOAK"}


def known_settings() -> set[str]:
    from wangge.web.environment import PREFIX, Environment  # noqa: PLC0415 - slow import

    names = {f"{PREFIX}{name.upper()}" for name in Environment.model_fields}
    return names | {f"{name}_FILE" for name in names} | OF_TEST_RUNS


def untrue(each: Page, root: Path = ROOT) -> list[Finding]:
    """Names in code letters that the product does not have."""
    from wangge.web.commands.main import COMMANDS  # noqa: PLC0415 - slow import

    code = "\n".join(match[0].strip("`") for match in CODE.finditer(each.body))
    targets = set(re.findall(r"^([a-z]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {
        "command": set(COMMAND.findall(code)) - COMMANDS.keys(),
        "setting": set(SETTING.findall(code)) - known_settings(),
        "target": set(TARGET.findall(code)) - targets,
        "file": {name for name in FILE.findall(code) if not (root / name).exists()},
    }
    return [
        Finding(f"docs/{each.name}", 0, kind, f"there is no {kind} {name}")
        for kind, names in named.items()
        for name in sorted(names)
    ]


def untyped(each: Page) -> list[Finding]:
    """Chinese as it is set: a space beside Latin letters and digits, full-width punctuation, no shouting."""
    if not each.name.endswith(CHINESE):
        return []
    text = MARKS.sub(lambda match: "]" + "\n" * match[0].count("\n"), each.body)
    text = CODE.sub(lambda match: "`" + "\n" * match[0].count("\n"), text)
    wrong: list[Finding] = []
    for number, line in enumerate(text.splitlines(), 1):
        faults = words.chinese(line) + [f"a space inside “{match[0]}”" for match in TIGHT.finditer(line)]
        wrong += [Finding(f"docs/{each.name}", number, "chinese", fault) for fault in faults]
    return wrong


def lost(root: Path) -> list[Finding]:
    """Links of the files beside the README that lead to no file."""
    return [
        Finding(path.name, 0, "link", f"leads nowhere: {link}")
        for path in sorted(root.glob("*.md"))
        for link in LINK.findall(path.read_text(encoding="utf-8"))
        if not (root / link).exists()
    ]


def check(held: dict[str, Page], root: Path = ROOT) -> list[Finding]:
    """Every page of docs/, and the files beside the README."""
    return [*lost(root), *(finding for each in held.values() for finding in (*untrue(each, root), *untyped(each)))]
