"""How the product speaks: forbidden words and punctuation in templates and catalogues, in both languages."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

from tools.messages import CATALOGUE, both
from tools.tree import ROOT, Finding, apps, name_of, report, templates

CHINESE = (
    "操作成功", "操作失败", "系统繁忙", "非法", "无效", "异常", "提交成功", "未知错误", "该用户", "监控", "管控",
    "违规人员", "请知悉", "特此", "予以", "切实", "务必", "输入有误",
)  # fmt: skip
ENGLISH = ("invalid", "illegal", "abort", "aborted", "oops", "user", "users", "submit", "submitted", "please")
PLAIN_ENGLISH = re.compile(rf"\b({'|'.join(ENGLISH)})\b(?! namespaces?\b)", re.IGNORECASE)
PLAIN_CHINESE = re.compile("|".join(CHINESE))
SHOUTS = re.compile(r"[!！](?![=])|亲[，,~～]")
HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff])[,.;:!?()](?=\s?[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[,;:!?](?=\s|$)")
NOT_SAID = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<!.*?>|<[^>]*>|%\(\w+\)[sd]|{\w*}", re.DOTALL)


def chinese(text: str) -> list[str]:
    """What is wrong with a Chinese text; the rule and the words that break it."""
    said = [f"say it in plain words, not “{match[0]}”" for match in PLAIN_CHINESE.finditer(text)]
    said += [f"calm: no “{match[0]}”" for match in SHOUTS.finditer(text)]
    clean = NOT_SAID.sub("", text)
    return said + [f"full-width punctuation between Chinese: “{match[0]}”" for match in HALF_WIDTH.finditer(clean)]


def english(text: str) -> list[str]:
    """What is wrong with an English text."""
    clean = NOT_SAID.sub("", text)
    said = [f"say it in plain words, not “{match[0]}”" for match in PLAIN_ENGLISH.finditer(clean)]
    return said + [f"calm: no “{match[0]}”" for match in SHOUTS.finditer(clean)]


def check_catalogue(path: Path, root: Path = ROOT) -> list[Finding]:
    """Both sides of each entry."""
    wrong: list[Finding] = []
    with path.open("rb") as file:
        for message in read_po(file, locale="zh_Hans"):
            sides = both(message.id)
            said = both(message.string or "")
            faults = [fault for side in sides if side for fault in english(side)]
            faults += [fault for side in said if side and message.id for fault in chinese(side)]
            wrong += [Finding(name_of(path, root), message.lineno or 0, "words", fault) for fault in faults]
    return wrong


def check_template(path: Path, root: Path = ROOT) -> list[Finding]:
    """Texts of a template; its marked English is read in the catalogue."""
    wrong: list[Finding] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        wrong += [Finding(name_of(path, root), number, "words", fault) for fault in chinese(NOT_SAID.sub("", line))]
        for marked in re.findall(r"""{%\s*trans(?:late)?\s+["'](.*?)["']""", line):
            wrong += [Finding(name_of(path, root), number, "words", fault) for fault in english(marked)]
    return wrong


def check(root: Path = ROOT) -> list[Finding]:
    """Every sentence of the product against the list of ux 6."""
    wrong = [finding for path in templates(root) if path.suffix != ".svg" for finding in check_template(path, root)]
    for app in apps(root):
        if (app / CATALOGUE).exists():
            wrong += check_catalogue(app / CATALOGUE, root)
    return wrong


if __name__ == "__main__":
    raise SystemExit(report(check(), "words"))
