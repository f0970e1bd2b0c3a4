"""Somebody who reports again and again, with the same key until there is a receipt: what telephones on bad lines do."""

import http.client
import random
import string
import threading
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.house import House


def letters(chance: random.Random, length: int) -> str:
    """No digits: a report's text is looked through for telephone numbers."""
    return "".join(chance.choices(string.ascii_lowercase, k=length))


MOST = 18
"""How often one of three reporters names a place, however long the house is killed."""


@dataclass
class Book:
    """What was sent and what was acknowledged."""

    sent: dict[str, tuple[str, str]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    strange: list[tuple[int, Any]] = field(default_factory=list)
    away: int = 0
    broken: int = 0


@dataclass
class Reporter(threading.Thread):
    """Reports until told to stop; `insists` says whether it stays with one key until the receipt."""

    house: House
    places: list[str]
    seed: int
    book: Book = field(default_factory=Book)
    port: int | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        chance = random.Random(self.seed)
        for place in chance.sample(self.places, len(self.places)) * MOST:  # each in turn: a place takes 60 an hour
            if self.ended.is_set():
                return
            key = f"kill-{letters(chance, 24)}"
            self.book.sent[key] = (place, f"楼道漏水 {letters(chance, 16)}")
            while not self.ended.is_set() and not self.send(key):
                self.ended.wait(0.1)
            self.ended.wait(0.05)

    def send(self, key: str) -> bool:
        """Send it, the first time or again; True when there is a receipt."""
        place, text = self.book.sent[key]
        try:
            status, answer = self.house.report(place, text, key, port=self.port)
        except (OSError, http.client.HTTPException):
            self.book.broken += 1
            return False
        if status == 201:
            if self.book.numbers.setdefault(key, answer["number"]) != answer["number"]:
                self.book.strange.append((status, answer))
            return True
        if status == 503:
            self.book.away += 1
        else:
            self.book.strange.append((status, answer))
        return False


def lost_and_doubled(house: House, book: Book) -> dict[str, list[str]]:
    """Compare the receipts with the database: cases and entries of the book."""
    rows = house.rows("select text, number from cases_case where text like %s", "楼道漏水 %")
    by_text: dict[str, list[str]] = {}
    for text, number in rows:
        by_text.setdefault(text, []).append(number)
    entries = dict(house.rows("select subject, count(*) from ledger_entry where verb = 'case.report' group by 1"))
    cases = {key: by_text.get(text, []) for key, (_place, text) in book.sent.items()}
    return {
        "lost": [key for key, number in book.numbers.items() if cases[key] != [number]],
        "doubled": [key for key, numbers in cases.items() if len(numbers) > 1],
        "not in the book": [n for n in book.numbers.values() if entries.get(f"case:{n}") != 1],
    }
