"""What of a file was not collected: columns that were dropped and cells that were emptied, and why."""

from dataclasses import dataclass

from django.utils.translation import get_language

from wangge.catalogue.queries import uncollected
from wangge.exchange.models import Import
from wangge.exchange.parsing import NOT_COLLECTED


@dataclass(frozen=True)
class Left:
    """A column, or cells of it, of which nothing was kept: what it is, why nobody collects it, by which law."""

    column: str
    label: str
    reason: str
    law: str
    word: str = ""  # that betrayed the column
    cells: int = 0  # emptied in a column that stayed; none: the whole column was dropped


def said(code: str) -> tuple[str, str, str]:
    """Label, reason and law of what is not collected, in the language of the page; else the code."""
    language = "en" if (get_language() or "").startswith("en") else "zh-hans"
    held = next((each.entry for each in uncollected() if each.code == code), None)
    if held is None:
        return code, "", ""
    label, reason, law = (each.text(language) for each in (held.label, held.reason, held.law))
    return label, reason, law


def not_collected(held: Import) -> list[Left]:
    """Whole columns first, then cells by column."""
    found = [Left(column, *said(code), word) for column, code, word in held.head.get("dropped", ())]
    for name, cells in sorted(held.counts.get("hints", {}).items()):
        column, rule, detail = name.rsplit("|", 2)
        if rule == NOT_COLLECTED:
            found.append(Left(column, *said(detail), cells=cells))
    return found
