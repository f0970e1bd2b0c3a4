"""What programs may send and what they are told: strict bodies, bounded words, problems, who may ask."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, TypeVar

from ninja import Field, Schema
from ninja.errors import AuthenticationError, HttpError
from pydantic import ConfigDict, StringConstraints

from wangge.access.pages import Request, Rule

R = TypeVar("R")

# Everything but control characters: PostgreSQL keeps no NUL, and nothing else below a space has a meaning here.
PRINTABLE = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
WORDS_WITHIN = r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$"
SPOKEN_WITHIN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*[^\x00-\x20\x7f\s][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"

Line = Annotated[str, StringConstraints(max_length=200, pattern=PRINTABLE)]
Words = Annotated[str, StringConstraints(max_length=2000, pattern=PRINTABLE)]
SomeWords = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=SPOKEN_WITHIN)]
Sought = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=WORDS_WITHIN)]
Code = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z0-9_.-]*$")]
Token = Annotated[str, StringConstraints(min_length=1, max_length=16, pattern=r"^[A-Za-z0-9_-]+$")]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}-[0-9]{6}$")]
Key = Annotated[str, StringConstraints(min_length=16, max_length=60, pattern=r"^[A-Za-z0-9_-]+$")]
Id = Annotated[int, Field(ge=1, le=2_147_483_647)]


class Strict(Schema):
    """A body as an allow-list: an unknown field is an error."""

    model_config = ConfigDict(extra="forbid")


class Problem(Schema):
    """Why something was not done; `number` is what an administrator finds it by."""

    error: str
    detail: str
    number: str


def answers(status: int, shape: Any, *problems: int) -> dict[int, Any]:
    """The answers of an operation as its description lists them."""
    return {status: shape, **dict.fromkeys((400, *problems, 422, 503), Problem)}


def open_to_programs(operation: Callable[..., R]) -> Callable[..., R]:
    """Mark an operation that needs no account, like `open_to_all` for pages."""
    operation.rule = "public"  # type: ignore[attr-defined] # read by the test that walks the URL table
    return operation


def asks(rule: Rule) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Like `needs` of pages, for programs: 401 to strangers, 403 to whom the rule refuses."""

    def decorate(operation: Callable[..., R]) -> Callable[..., R]:
        @wraps(operation)
        def run(request: Request, *args: Any, **kwargs: Any) -> R:
            if request.actor.is_public:
                raise AuthenticationError
            if reason := rule(request.actor):
                raise HttpError(403, reason)
            return operation(request, *args, **kwargs)

        run.rule = rule  # type: ignore[attr-defined] # read by the test that walks the URL table
        return run

    return decorate
