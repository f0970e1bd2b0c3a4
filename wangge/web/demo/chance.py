"""Seeded chance: every part of the town draws from a stream of its own, so that a change in one leaves the others."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def stream(*parts: str | int) -> Random:
    """Return the generator of this part of this town."""
    return Random("/".join(map(str, parts)))  # noqa: S311 - a demo town needs repetition, not secrecy


class Swift(Random):
    """The same draws in a third of the time, a hair less even: for hundreds of thousands of reports."""

    def choice(self, seq: Sequence[T]) -> T:  # type: ignore[override] # Random says SupportsLenAndGetItem
        return seq[int(self.random() * len(seq))]

    def randint(self, a: int, b: int) -> int:
        return a + int(self.random() * (b - a + 1))


def swift(*parts: str | int) -> Random:
    """Return a quick generator of this part of this town."""
    return Swift("/".join(map(str, parts)))


def shuffled(chance: Random, items: Sequence[T]) -> list[T]:
    """Return the items in another order."""
    return chance.sample(items, len(items))


def deck(chance: Random, shares: dict[str, int], count: int) -> list[str]:
    """Return `count` words in the given proportions (largest remainder), in a drawn order."""
    total = sum(shares.values())
    exact = {word: share * count / total for word, share in shares.items()}
    words = [word for word, number in exact.items() for _ in range(int(number))]
    rest = sorted(exact, key=lambda word: int(exact[word]) - exact[word])
    return shuffled(chance, [*words, *rest[: count - len(words)]])
