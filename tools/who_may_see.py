"""Write docs/who-may-see.md and its Chinese twin from the tested table: `python -m tools.who_may_see [--check]`."""

import sys
import tomllib
from itertools import groupby
from typing import Any

from tools.tree import ROOT

TABLE = ROOT / "tests" / "access" / "who_may_see.toml"
ROLES = ROOT / "wangge" / "catalogue" / "definitions" / "roles.toml"
DOCS = ROOT / "docs"
NAMES = {"en": "who-may-see.md", "zh-hans": "who-may-see.zh-Hans.md"}
TEXTS = {
    "en": {
        "head": "# Who may see what",
        "lead": "Every line is tried in each test run with one person of every role, in their own area and in another;"
        " then thousands of attempts are drawn at random, a hundred thousand before a release. None may succeed that"
        " is not in this table.",
        "marks": "● yes, within the area of the post; for the handling unit: its own cases. ◆ yes, wherever it lies. A"
        " field opens only for a purpose that names it and the role: see [what is kept about people, and"
        " why](purposes.md). Residents see what is kept about themselves at the rights desk.",
        "origin": "Made by `python -m tools.who_may_see` from `tests/access/who_may_see.toml`: change it there.",
        "what": "What",
        "see": "Seeing", "open": "Opening a field", "write": "Writing down",
        "reports": "Reports of residents", "book": "The book",
        "care": "Help people need", "firms": "Organisations", "rights": "What people ask about their own data",
        "ending": "What has an end",
    },
    "zh-hans": {
        "head": "# 谁能看什么",
        "lead": "每次测试都让每个岗位各一个人，在自己的片区和别人的片区，把每一行都试一遍；再随机试几千次，"
        "发布前试十万次。不在表里的，一次也不能成。",
        "marks": "● 能，限本岗位的片区；承办单位限自己的案件。◆ 能，不分片区。要打开某一项，还得有写明这一项和这个岗位"
        "的用途，见[记了居民的什么，为什么记](purposes.zh-Hans.md)。居民在权利窗口看自己的。",
        "origin": "由 `python -m tools.who_may_see` 从 `tests/access/who_may_see.toml` 生成：要改请改那里。",
        "what": "事项",
        "see": "看", "open": "打开一项", "write": "登记", "reports": "居民报的事", "book": "台账",
        "care": "需要的帮助", "firms": "单位", "rights": "居民查询、更正自己的资料", "ending": "到期清理",
    },
}  # fmt: skip


def page(language: str) -> str:
    """The page in a language (en or zh-hans): a table for each group of rows, a column for each role."""
    text, key = TEXTS[language], "zh-Hans" if language == "zh-hans" else "en"
    roles = _read(ROLES)["role"]
    parts = [text["head"], "", text["lead"], "", text["marks"], "", text["origin"]]
    for group, rows in groupby(_read(TABLE)["row"], key=lambda row: row["group"]):
        names = " | ".join(role["label"][key] for role in roles)
        parts += ["", f"## {text[group]}", "", f"| {text['what']} | {names} |", "|---|" + ":-:|" * len(roles)]
        parts += [f"| {row['label'][key]} | {' | '.join(_mark(row, role['code']) for role in roles)} |" for row in rows]
    return "\n".join(parts) + "\n"


def _mark(row: dict[str, Any], role: str) -> str:
    if role not in row["roles"]:
        return "–"
    return "◆" if row.get("anywhere") else "●"


def _read(path: Any) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def main(words: list[str]) -> int:
    """Write both pages, or with --check say which is out of date."""
    stale = 0
    for language, name in NAMES.items():
        path, text = DOCS / name, page(language)
        if "--check" not in words:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"docs/{name}: out of date, run python -m tools.who_may_see")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
