"""A second process that works on the next piece of a large list, in a transaction of its own.

Questions and answers are lines of JSON on its pipes; when the first process dies, it ends with its piece. A piece may
be worked on again: the first process alone moves the place in the list, when both pieces are in the database. A lane
that fails therefore costs time and nothing else, and the piece is asked for no more.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import structlog
from django.db import connection

from wangge.access.actor import Actor

Piece = tuple[int, int]
"""How many rows a piece has, and the place in the list after it."""
DATABASE = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
log = structlog.get_logger()


class Lane:
    """The second process, connected to the database of this one."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.say({name: connection.settings_dict[name] for name in DATABASE})

    def say(self, told: dict[str, Any]) -> None:
        """Send a line. Raises OSError when nobody is there."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told, default=str) + "\n")
        self._process.stdin.flush()

    def heard(self) -> Piece | None:
        """Wait for the answer; None when there is none."""
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        return tuple(json.loads(said) or ()) or None if said else None

    def close(self) -> None:
        """End the process; what it had not committed is undone."""
        self._process.kill()
        self._process.communicate()


_lanes: dict[int, Lane] = {}
"""By import, since only one process at a time works on one."""


@contextmanager
def asked(
    work: Callable[..., Piece | None], of: int, place: int | None, *, by: Actor, now: datetime
) -> Iterator[Callable[[], Piece | None]]:
    """Ask for a work on the piece of an import that begins at a place; the block calls what it is given for the answer.

    Without a place, without an answer and after any trouble the lane is closed.
    """
    is_asked, answers = place is not None and _ask(of, work, place, by, now), list[Piece | None]()

    def answer() -> Piece | None:
        answers.append(_lanes[of].heard() if is_asked else None)
        return answers[0]

    try:
        yield answer
    finally:
        if not any(answers) and (lane := _lanes.pop(of, None)):
            lane.close()


def _ask(of: int, work: Callable[..., Piece | None], place: int, by: Actor, now: datetime) -> bool:
    """Whether the question was put."""
    name = f"{work.__module__}.{work.__name__}"
    try:
        if of not in _lanes:
            _lanes[of] = Lane()
        _lanes[of].say({"work": name, "of": of, "place": place, "token": by.token, "now": now.isoformat()})
    except OSError as trouble:
        log.warning("no second lane", trouble=type(trouble).__name__)
        return False
    return True
