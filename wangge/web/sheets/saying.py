"""Faults of a sheet and what was not collected, in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from wangge.core.daily_sheet import Fault
from wangge.exchange.words import RULES
from wangge.people.sheet_words import SHEET_FAULTS, SHEET_FIELDS


@dataclass(frozen=True)
class Said:
    """A fault as it stands on a page; row 0 is the whole sheet."""

    row: int
    column: str
    text: str


def column(field: str) -> str:
    """The column as people call it."""
    return str(SHEET_FIELDS.get(field, field))


def sentence(fault: Fault) -> str:
    """What is wrong and what to do."""
    text = str(SHEET_FAULTS.get(fault.rule) or RULES.get(fault.rule, fault.rule))
    detail = column(fault.field) if fault.rule == "no_column" else fault.detail
    return text % {"detail": detail} if "%(" in text else text


def said(faults: Iterable[Fault]) -> list[Said]:
    """All faults by row."""
    ordered = sorted(faults, key=lambda fault: fault.row)
    return [Said(fault.row, column(fault.field) if fault.field else "", sentence(fault)) for fault in ordered]
