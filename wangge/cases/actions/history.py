"""Cases that are over or under way elsewhere already: kept with their steps, in chunks, by the system only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wangge.access import bulk
from wangge.access.action import action, by_the_system, note
from wangge.access.actor import Actor
from wangge.cases.models import Case, Step
from wangge.cases.words import MOVES
from wangge.core.states import ForbiddenMove

Columns = Mapping[str, Sequence[Any]]


@dataclass(frozen=True)
class Chapter:
    """Columns of cases and of their steps, named as the fields; `of` is the place of each step's case, in order."""

    cases: Columns
    steps: Columns
    of: Sequence[int]


@dataclass(frozen=True)
class Kept:
    """How many were kept."""

    cases: int
    steps: int
    ledger_subject: str = f"table:{Case._meta.db_table}"
    ledger_area: int | None = None


@action("case.keep_history", needs=by_the_system)
def keep_history(chapter: Chapter, *, by: Actor) -> Kept:
    """Keep cases with all their steps. Raises ForbiddenMove where a case's steps are no walk through the moves.

    One entry stands for the chapter: nobody made these moves here, so none of them is in the book.
    """
    for state, walked in zip(chapter.cases["state"], _walks(chapter), strict=True):
        if state != walked:
            raise ForbiddenMove(walked, f"end in {state}")
    numbers = bulk.ids(Case, len(chapter.cases["state"]))
    digests = bulk.insert(Case, {"id": numbers, **chapter.cases})
    digests += bulk.insert(Step, {"case_id": [numbers[place] for place in chapter.of], **chapter.steps})
    note(cases=len(numbers), steps=len(chapter.of), digest=digests)
    return Kept(len(numbers), len(chapter.of))


def _walks(chapter: Chapter) -> Iterator[str]:
    """The state in which the steps leave each case."""
    state, present = "", 0
    columns = (chapter.steps[name] for name in ("origin", "verb", "target"))
    for of, origin, verb, target in zip(chapter.of, *columns, strict=True):
        if of != present:
            yield state
            state, present = "", of
        if origin != state or MOVES.after(state, verb) != target:
            raise ForbiddenMove(state, verb)
        state = target
    yield state
