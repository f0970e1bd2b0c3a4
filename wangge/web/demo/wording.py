"""The pools of invented words in `texts/*.toml`: names of people and units, notes, and what residents say."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of report: its category, whose work it is, where it happens, what is said, what is done."""

    category: str
    function: str
    danger: bool
    weight: int
    where: tuple[str, ...]
    texts: tuple[str, ...]
    done: tuple[str, ...]


@cache
def pools(name: str) -> dict[str, Any]:
    """Return the tables of one text file."""
    text = files(__package__).joinpath("texts", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def matters() -> tuple[Matter, ...]:
    """Return all kinds of reports."""
    return tuple(
        Matter(**row | {name: tuple(row[name]) for name in ("where", "texts", "done")})
        for row in pools("reports")["report"]
    )


def filled(template: str, chance: Random) -> str:
    """Put drawn days, times and numbers into a text."""
    notes = pools("notes")
    return template.format(days=chance.choice(notes["days"]), time=chance.choice(notes["time"]), n=chance.randint(2, 9))
