"""Who is missing: the persons who hold a post at a grid against how many its class wants there.

One person counts once: as a worker of one grid, or of as many grids as a class lets one person serve. Whoever is left
over at a grid may stand in as its deputy. Persons with the fewest grids are laid first, so that those with a choice go
where somebody is still wanted; it is a count for planning and no optimum.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Want:
    """What a class asks for: `workers` in each grid, or one person for up to `grids` of them; and a deputy."""

    workers: int = 1
    grids: int = 1
    deputy: bool = False

    @property
    def share(self) -> Fraction:
        """How much of one person's working time a grid takes."""
        return Fraction(1, self.grids)


@dataclass(frozen=True, slots=True)
class Staff:
    """A grid with its need: `workers` count as such, `others` hold a post there too."""

    want: Want
    workers: int
    others: int

    @property
    def missing(self) -> int:
        """How many workers more are wanted."""
        return self.want.workers - self.workers

    @property
    def lacks_deputy(self) -> bool:
        return self.want.deputy and self.others == 0

    @property
    def is_short(self) -> bool:
        return self.missing > 0 or self.lacks_deputy


def staffed(wants: Mapping[int, Want], posts: Mapping[int, Collection[int]]) -> dict[int, Staff]:
    """Return each grid's staff. `posts` are the grids of each person; grids nothing is wanted for count for nothing."""
    order = {grid: at for at, grid in enumerate(wants)}
    serves = {one: [grid for grid in grids if grid in wants] for one, grids in posts.items()}
    workers, present = dict.fromkeys(wants, 0), dict.fromkeys(wants, 0)
    for one in sorted(serves, key=lambda each: (len(serves[each]), each)):
        left = Fraction(1)
        for grid in sorted(set(serves[one]), key=lambda each: (-wants[each].share, order[each])):
            present[grid] += 1
            if workers[grid] < wants[grid].workers and wants[grid].share <= left:
                workers[grid] += 1
                left -= wants[grid].share
    return {grid: Staff(want, workers[grid], present[grid] - workers[grid]) for grid, want in wants.items()}
