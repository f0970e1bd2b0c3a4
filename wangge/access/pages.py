"""Every page and fragment names its rule: `@needs(rule)` beside the view, read by a test that walks the URLs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from wangge.access.action import Refused
from wangge.access.actor import Actor

View = Callable[..., HttpResponseBase]
Rule = Callable[[Actor], str | None]


class Request(HttpRequest):
    """A request as our views see it: with its actor and the moment it came in."""

    actor: Actor
    now: Any
    waiting: dict[str, int]  # how many cases wait on each desk, where the view has counted them already


def needs(rule: Rule) -> Callable[[View], View]:
    """Refuse the page unless the rule finds nothing against the actor; send who is not signed in to the door."""

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.actor.is_public:
                return redirect(f"{reverse('account_login')}?next={request.path}")
            if reason := rule(request.actor):
                raise Refused(reason)
            return view(request, *args, **kwargs)

        run.rule = rule  # type: ignore[attr-defined] # read by the test that walks the URL table
        return run

    return decorate


def open_to_all(view: View) -> View:
    """Mark a page that residents reach without an account; the list of them is kept in `public_urls.txt`."""
    view.rule = "public"  # type: ignore[attr-defined] # read by the test that walks the URL table
    return view
