"""Budgets: how many tries something has in a window, kept in the database and shared by all processes."""

import hashlib
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Budget:
    """`most` tries within `seconds`, counted per key."""

    name: str
    most: int
    seconds: int

    def key(self, *of: str) -> bytes:
        return hashlib.sha256("|".join((self.name, *of)).encode()).digest()

    def spend(self, *of: str) -> bool:
        """Count one try; False when the budget was already empty."""
        with connection.cursor() as cursor:
            cursor.execute("select wg_spend(%s, %s, %s)", [self.key(*of), self.most, self.seconds])
            return bool(cursor.fetchone()[0])

    def has_left(self, *of: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("select wg_left(%s, %s)", [self.key(*of), self.most])
            return bool(cursor.fetchone()[0])

    def refund(self, *of: str) -> None:
        """Forget the tries: what was guarded succeeded."""
        with connection.cursor() as cursor:
            cursor.execute("select wg_refund(%s)", [self.key(*of)])


Asked = tuple[Budget, str]


class Spent(PermissionError):
    """A budget was empty already; whoever asked undoes what it did and says when or where to try again."""


def both_have_left(one: Asked, other: Asked) -> bool:
    """Say whether each of two budgets has something left for its key: one question for both."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select wg_left(%s, %s), wg_left(%s, %s)",
            [value for budget, of in (one, other) for value in (budget.key(of), budget.most)],
        )
        return all(cursor.fetchone())
