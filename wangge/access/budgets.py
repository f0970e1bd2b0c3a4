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


def all_have_left(*asked: tuple[Budget, str]) -> bool:
    """Say whether each budget has something left for its key: one question for all."""
    keys, most = [budget.key(of) for budget, of in asked], [budget.most for budget, _of in asked]
    with connection.cursor() as cursor:
        cursor.execute(
            "select bool_and(wg_left(key, most)) from unnest(%s::bytea[], %s::int[]) as asked (key, most)",
            [keys, most],
        )
        return bool(cursor.fetchone()[0])


def spend_all(*asked: tuple[Budget, str]) -> bool:
    """Count one try in each budget; False when one of them was already empty."""
    keys, most = [budget.key(of) for budget, of in asked], [budget.most for budget, _of in asked]
    with connection.cursor() as cursor:
        cursor.execute(
            "select bool_and(wg_spend(key, most, seconds))"
            " from unnest(%s::bytea[], %s::int[], %s::int[]) as asked (key, most, seconds)",
            [keys, most, [budget.seconds for budget, _of in asked]],
        )
        return bool(cursor.fetchone()[0])
