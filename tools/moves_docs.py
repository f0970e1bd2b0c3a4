"""Write `docs/moves.md` and its Chinese twin from the table of moves: `python -m tools.moves_docs [--check]`."""

import os
import sys

from tools.tree import ROOT

TEXTS = {
    "en": (
        "moves.md",
        "# States and moves of a case\n\nMade from `wangge/cases/words.py`; buttons, API and book read it too.\n",
        ("Verb", "Label", "From", "To", "By", "Asks"),
        "created",
    ),
    "zh-hans": (
        "moves.zh-Hans.md",
        "# 案件的状态和动作\n\n由 `wangge/cases/words.py` 生成；按钮、接口动词和台账读的是同一张表。\n",
        ("动词", "名称", "从", "到", "谁", "要填"),
        "新建",
    ),
}


def page(language: str) -> str:
    """The table and the drawing in one language."""
    from django.utils import translation  # noqa: PLC0415 - slow import

    from wangge.cases.words import MOVES, VERBS, State  # noqa: PLC0415 - slow import

    _name, head, columns, created = TEXTS[language]
    with translation.override(language):
        label = {state.value: str(state.label) for state in State} | {"": created, "=": "="}
        rows = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
        for move in MOVES.moves:
            verb = VERBS[move.verb]
            origins = (", " if language == "en" else "、").join(label[origin] for origin in move.origins)
            asks = ", ".join(f"**{ask.value}**" if ask in verb.required else ask.value for ask in verb.asks)
            rows.append(
                f"| `{verb.code}` | {verb.label} | {origins} | {label[move.to]} | {', '.join(verb.roles)} | {asks} |"
            )
    return head + "\n" + "\n".join(rows) + "\n\n```mermaid\n" + MOVES.mermaid().strip() + "\n```\n"


def main(words: list[str]) -> int:
    """Write both pages, or with --check say which is out of date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.web.settings")
    import django  # noqa: PLC0415 - app ready

    django.setup()
    stale = 0
    for language, (name, *_rest) in TEXTS.items():
        path, text = ROOT / "docs" / name, page(language)
        if "--check" not in words:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"docs/{name}: out of date, run python -m tools.moves_docs")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
