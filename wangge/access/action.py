"""The one way to write: a named action checks its rule, runs in one transaction, leaves one ledger entry."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.ledger.record import Fact, record

P = ParamSpec("P")
R = TypeVar("R", bound="Subject")

facts_now: ContextVar[dict[str, Fact] | None] = ContextVar("wangge_facts", default=None)


class Subject(Protocol):
    """What an entry is about: a code that names the thing, and the area it lies in."""

    @property
    def ledger_subject(self) -> str: ...

    @property
    def ledger_area(self) -> int | None: ...


class Refused(PermissionError):
    """The rule said no. `reason` is a translated sentence for the person who tried."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def note(**facts: Fact) -> None:
    """Add facts to the ledger entry of the action under way: codes and ids, never names or texts."""
    held = facts_now.get()
    if held is None:
        msg = "note() outside an action"
        raise RuntimeError(msg)
    held.update(facts)


def by_the_system(actor: Actor, *_subject: object) -> str | None:
    """Rule of actions that only the command line does, in the system's own name."""
    return None if actor.has("system") else _("This is done at the command line.")


def action(
    verb: str, *, needs: Callable[..., str | None] | None = None, alone: bool = False
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function the action `verb`. It takes `by: Actor`; `needs(actor, subject)` gives a reason to refuse.

    When it fails, it is undone and its caller may go on. `alone` says that nobody goes on: the caller's whole
    transaction is undone with it, which spares a savepoint where every millisecond counts.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            actor: Any = kwargs["by"]
            assert isinstance(actor, Actor)
            with transaction.atomic(savepoint=not alone):
                if needs is not None and (reason := needs(actor, *args)):
                    raise Refused(reason)
                mark = facts_now.set({})
                try:
                    result = function(*args, **kwargs)
                    record(verb, result.ledger_subject, area_id=result.ledger_area, facts=facts_now.get() or {})
                finally:
                    facts_now.reset(mark)
            return result

        run.verb = verb  # type: ignore[attr-defined] # read by the test that walks all actions
        return run

    return decorate
