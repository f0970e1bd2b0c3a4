"""A second process that works on the next piece of a large list, in a transaction of its own.

Questions and answers are lines of JSON on its pipes; when the first process dies, it ends with its piece. A piece may
be worked on again: the first process alone moves the place in the list, when both pieces are in the database. A lane
that fails therefore costs time and nothing else, and the piece is asked for no more.
"""

import atexit
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import takewhile
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

    @property
    def is_there(self) -> bool:
        """Whether the process still waits for questions: it ends by itself when nobody asks for a while."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the process; what it had not committed is undone."""
        self._process.kill()
        self._process.communicate()


MOST = 2
"""Second processes of a list: with two cores the third fills what the others leave while they wait for the disk."""
_lanes: dict[int, list[Lane]] = {}
"""By import, since only one process at a time works on one."""


@contextmanager
def asked(
    work: Callable[..., Piece | None], of: int, places: Sequence[int], *, by: Actor, now: datetime
) -> Iterator[Callable[[], list[Piece]]]:
    """Ask for a work on the pieces of an import that begin at some places, one of each lane.

    The block calls what it is given for the answers: as many as came one after the other. Without an answer and after
    any trouble the lanes are closed.
    """
    lanes, answers = _asked(work, of, places, by, now), list[Piece | None]()

    def answered() -> list[Piece]:
        answers.extend([lane.heard() for lane in lanes])
        return [piece for piece in takewhile(bool, answers) if piece]

    try:
        yield answered
    finally:
        if len(answers) < len(lanes) or None in answers:
            close(of)


def _asked(
    work: Callable[..., Piece | None], of: int, places: Sequence[int], by: Actor, now: datetime
) -> Sequence[Lane]:
    """The lanes that were asked."""
    name = f"{work.__module__}.{work.__name__}"
    try:
        held = warm(of, len(places))
        for lane, place in zip(held, places, strict=False):
            lane.say({"work": name, "of": of, "place": place, "token": by.token, "now": now.isoformat()})
    except OSError as trouble:
        log.warning("no second process", trouble=type(trouble).__name__)
        close(of)
        return ()
    return held[: len(places)]


def warm(of: int, most: int = MOST) -> list[Lane]:
    """Let so many lanes of an import be there; a second or two before they are needed they cost nobody time."""
    held = _lanes.setdefault(of, [])
    for gone in [lane for lane in held if not lane.is_there]:
        gone.close()
        held.remove(gone)
    while len(held) < most:
        held.append(Lane())
    return held


def close(of: int) -> None:
    """End the lanes of an import."""
    for lane in _lanes.pop(of, []):
        lane.close()


@atexit.register
def _close_all() -> None:
    for of in [*_lanes]:
        close(of)
