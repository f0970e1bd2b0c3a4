"""Which things hang together: a forest of joined sets (union-find)."""

from collections.abc import Iterable


class Joined:
    """Numbers from 0, each alone at first."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def root(self, one: int) -> int:
        """Return the number that stands for the set this one is in."""
        above = self._above
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    def join(self, one: int, other: int) -> bool:
        """Put two sets together; say whether they were two."""
        a, b = self.root(one), self.root(other)
        self._above[max(a, b)] = min(a, b)
        return a != b

    def join_all(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Put the sets of each pair together."""
        for one, other in pairs:
            self.join(one, other)

    def roots(self) -> list[int]:
        """Return the root of every number."""
        return [self.root(one) for one in range(len(self._above))]
