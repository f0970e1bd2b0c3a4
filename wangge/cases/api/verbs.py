"""One operation per verb of the table of moves; its body asks what the verb asks."""

from collections.abc import Callable
from datetime import datetime
from inspect import signature
from typing import Any

from django.utils.translation import gettext as _
from ninja import Header, Router
from ninja.errors import HttpError
from pydantic import AwareDatetime, create_model

from wangge.access.pages import Request
from wangge.access.programs import Code, Key, Number, SomeWords, Strict, Words, answers, asks
from wangge.access.receipts import once
from wangge.cases.actions import BY_VERB
from wangge.cases.actions.moves import Said
from wangge.cases.api.reading import found_or_404
from wangge.cases.api.shapes import CaseOut, shown
from wangge.cases.models import Case
from wangge.cases.rules import may_see_desk
from wangge.cases.words import VERBS, Ask, Outcome, Verb
from wangge.teams.models import Organisation

router = Router(tags=["verbs"])

ASKED: dict[Ask, tuple[Any, Any]] = {  # what it is when it must be there, and when it may be left out
    Ask.NOTE: (SomeWords, Words),
    Ask.REASON: (Code, Code),
    Ask.CATEGORY: (Code, Code),
    Ask.ORGANISATION: (Code, Code),
    Ask.OUTCOME: (Outcome, Outcome),
    Ask.UNTIL: (AwareDatetime, AwareDatetime),
}
OPEN_TO_PROGRAMS = [verb for verb in VERBS.values() if verb.code in BY_VERB and set(verb.roles) - {"resident"}]
YEARS = range(2000, 2200)


def body_of(verb: Verb) -> type[Strict]:
    """The shape of the verb's body; photos go through the page."""
    fields: dict[str, Any] = {}
    for ask in verb.asks:
        if ask in ASKED:
            must, may_be = ASKED[ask]
            fields[ask.value] = (must, ...) if ask in verb.required else (may_be, "")
    name = "".join(part.capitalize() for part in verb.code.split("_"))
    return create_model(name, __base__=Strict, __doc__=f"What “{verb.code}” asks.", **fields)


def perform(case: Case, verb: Verb, given: dict[str, Any], request: Request) -> Case:
    """Do the verb with what was given: facts the action takes by name, the rest as what was said."""
    action = BY_VERB[verb.code]
    taken = signature(action).parameters
    facts = {name: _fact(name, value) for name, value in given.items() if name in taken}
    said = Said(note=given.get("note", ""), reason="" if "reason" in taken else given.get("reason", ""))
    done: Case = action(case, by=request.actor, now=request.now, said=said, **facts)
    return done


def _fact(name: str, value: Any) -> Any:
    if name == "organisation":
        found = Organisation.objects.filter(code=value).first()
        if found is None:
            raise HttpError(422, _("There is no such unit."))
        return found
    if isinstance(value, datetime) and value.year not in YEARS:
        raise HttpError(422, _("The date lies too far away."))
    return value


def operation(verb: Verb) -> Callable[..., Any]:
    """The operation of one verb."""
    shape = body_of(verb)

    def run(
        request: Request,
        number: Number,
        body: shape,  # type: ignore[valid-type] # made from the table
        idempotency_key: Header[Key | None] = None,
    ) -> Any:
        case = found_or_404(number)
        given = body.model_dump()  # type: ignore[attr-defined] # made from the table

        def move() -> dict[str, Any]:
            return shown(perform(case, verb, given, request), request.actor).model_dump(mode="json")

        if idempotency_key is None:
            return move()
        key, asked = f"api-{idempotency_key}", [verb.code, number, given]
        return once(key, asked, move, account_id=request.actor.account_id, now=request.now)

    run.__name__ = verb.code
    return run


for held in OPEN_TO_PROGRAMS:
    router.post(
        f"/cases/{{number}}/{held.code}",
        response=answers(200, CaseOut, 401, 403, 404, 409, 413, 415),
        operation_id=f"case_{held.code}",
        summary=f"{held.code.replace('_', ' ').capitalize()} a case",
    )(asks(may_see_desk)(operation(held)))
