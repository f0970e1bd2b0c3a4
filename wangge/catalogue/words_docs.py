"""Makes docs/words.md and docs/words.zh-Hans.md from the glossary."""

from collections.abc import Iterable

from wangge.catalogue.schema import Word

NAMES = {"en": "words.md", "zh-hans": "words.zh-Hans.md"}

HEADS = {
    "en": (
        "Words",
        "The one name of each thing in code, in Chinese and in English.",
        "Made by `wangge catalogue docs` from `wangge/catalogue/definitions/words.toml`: change it there.",
        "| # | Code | Chinese | English | Meaning | Source |",
    ),
    "zh-hans": (
        "词表",
        "每样东西在代码、中文、英文里各只有一个名字。",
        "由 `wangge catalogue docs` 从 `wangge/catalogue/definitions/words.toml` 生成：要改请改那里。",
        "| 序号 | 代码 | 中文 | 英文 | 意思 | 出处 |",
    ),
}


def page(words: Iterable[Word], language: str) -> str:
    """Return the page of the glossary in a language (en or zh-hans), in the order of its rows."""
    title, lead, origin, head = HEADS[language]
    rows = [
        f"| {word.row} | `{word.code}` | {word.label.zh_hans} | {word.label.en} "
        f"| {word.meaning.text(language)} | {word.source.text(language)} |"
        for word in sorted(words, key=lambda word: word.row)
    ]
    return "\n".join([f"# {title}", "", lead, origin, "", head, "|---|---|---|---|---|---|", *rows]) + "\n"


def pages(words: Iterable[Word]) -> dict[str, str]:
    """Return file name → text of both pages."""
    words = list(words)
    return {name: page(words, language) for language, name in NAMES.items()}
