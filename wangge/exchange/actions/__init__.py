"""All writes to imports."""

from datetime import datetime

from wangge.access.actor import Actor
from wangge.exchange.actions.beginning import begin, give_up_old, map_columns, refuse, source_named
from wangge.exchange.actions.checking import check_rows, finish_checking, read_file
from wangge.exchange.actions.deciding import confirm, decide
from wangge.exchange.actions.moving import locked
from wangge.exchange.actions.taking import finish_taking, take_rows
from wangge.exchange.actions.undoing import give_back_rows, undo
from wangge.exchange.heap import calm
from wangge.exchange.models import Import
from wangge.exchange.queries import staging
from wangge.exchange.words import State

PURPOSE = "import"
"""Of the sessions in which lists are written: the policies of the register open to it and to no page."""


def advance(pk: int, *, by: Actor, now: datetime) -> bool:
    """Do the next piece of work of an import, in the present transaction; False when it is a person's turn.

    The row of the import is held meanwhile: a second worker, or the command line, waits and goes on from there.
    """
    staging.take_time()
    held = locked(pk)
    with calm():
        match held.state:
            case State.READING:
                read_file(held, by=by, now=now)
            case State.MAPPED:
                if not check_rows(held, by=by, now=now):
                    finish_checking(held, by=by, now=now)
            case State.COMMITTING:
                if not take_rows(held, by=by, now=now):
                    finish_taking(held, by=by, now=now)
            case State.UNDOING:
                give_back_rows(held, by=by, now=now)
            case _:
                return False
    return Import.objects.filter(pk=pk, state__in=WORKS).exists()


WORKS = (State.READING, State.MAPPED, State.COMMITTING, State.UNDOING)

__all__ = [
    "PURPOSE",
    "advance",
    "begin",
    "check_rows",
    "confirm",
    "decide",
    "finish_checking",
    "finish_taking",
    "give_back_rows",
    "give_up_old",
    "map_columns",
    "read_file",
    "refuse",
    "source_named",
    "take_rows",
    "undo",
]
