"""One verb on one case: its form, sent once, and its undoing while the seconds run."""

import hashlib
import secrets
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.access.receipts import OtherBody, once
from wangge.cases import actions
from wangge.cases.actions.moves import Said
from wangge.cases.forms.move import MoveForm
from wangge.cases.models import Case
from wangge.cases.queries.faces import badge
from wangge.cases.rules import holds, may, may_see_desk
from wangge.cases.views.pane import found, own_path, whole
from wangge.cases.words import VERBS
from wangge.files.actions import Unfit, keep_photo

MOST_PHOTOS = 5
CONFLICT = 409


@needs(may_see_desk)
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: Request, number: str, verb: str) -> HttpResponse:
    """Ask what the verb needs, then do it; an error keeps everything that was written."""
    case = found(number)
    if verb not in actions.BY_VERB or verb == "take_back":
        raise Http404(verb)
    if not holds(request.actor, case, VERBS[verb].roles):
        raise Refused(_("Your posts do not cover this."))
    back = own_path(request, reverse("case", args=[number]))
    if request.method != "POST":
        return _ask(request, case, MoveForm(case=case, verb=verb, now=request.now, initial=_fresh(case, back)))
    form = MoveForm(_sent(request, case, verb), case=case, verb=verb, now=request.now)
    if not form.is_valid():
        return _ask(request, case, form, status=422)
    if form.cleaned_data["seen"] not in ("", case.state) and not may(verb)(request.actor, case):
        form.add_error(None, _moved_on(case))
        return _ask(request, case, form, status=CONFLICT)
    return _answer(request, case, form, back)


def _answer(request: Request, case: Case, form: MoveForm, back: str) -> HttpResponse:
    """Do it once, however often the form is sent, or say why not with the words still in the form."""
    try:
        _once(request, case, form)
    except Unfit as problem:
        return _ask(request, case, form, status=422, photo_errors=[str(problem)])
    except OtherBody:
        form.add_error(None, _("This form was sent before with other words. Look at the case, then send it again."))
        return _ask(request, case, form, status=CONFLICT)
    except Refused as no:
        form.add_error(None, no.reason)
        return _ask(request, found(case.number), form, status=CONFLICT)
    done = found(case.number)
    messages.success(request, _done(done, form), extra_tags=_undo_url(request, done, back))
    return redirect(back)


def _once(request: Request, case: Case, form: MoveForm) -> None:
    photos = [file.read() for file in request.FILES.getlist("photos")[:MOST_PHOTOS]] if form.takes_photos else []
    given = form.arguments()
    note = form.cleaned_data.get("note", "")

    def move() -> dict[str, Any]:
        files = tuple(keep_photo(raw, owner=case.ledger_subject, now=request.now) for raw in photos)
        said = Said(note, photos=files)
        act = actions.BY_VERB[form.verb.code]
        moved = act(case, by=request.actor, now=request.now, said=said, **given)
        return {"state": moved.state}

    body = {name: str(value) for name, value in given.items()} | {
        "case": case.number, "verb": form.verb.code, "note": note,
        "photos": [hashlib.sha256(raw).hexdigest() for raw in photos],
    }  # fmt: skip
    once(form.cleaned_data["key"], body, move, account_id=request.actor.account_id, now=request.now)


def _fresh(case: Case, back: str) -> dict[str, str]:
    return {"key": secrets.token_urlsafe(16), "seen": case.state, "next": back}


def _sent(request: Request, case: Case, verb: str) -> Any:
    """What was sent; a single button without a form of its own is told apart by the step it was drawn after."""
    given = request.POST.copy()
    if not given.get("key") and given.get("version"):
        given["key"] = f"{verb}:{case.number}:{given['version']}"[:64]
    given.setdefault("key", secrets.token_urlsafe(16))
    return given


def _ask(request: Request, case: Case, form: MoveForm, *, status: int = 200, photo_errors: Any = ()) -> HttpResponse:
    """The form of the verb beside the case it is about; what is on the page now is what it is sent against."""
    if form.is_bound:
        form.data = form.data.copy()  # type: ignore[attr-defined] # a QueryDict
        form.data["seen"] = case.state  # type: ignore[index] # a QueryDict
    reason = may(form.verb.code)(request.actor, case)
    times = case.steps.filter(verb=form.verb.code).count()  # what was kept for the last time is not brought back
    context = whole(request, case) | {
        "draft": f"{form.verb.code}-{case.number}-{times}",
        "form": form, "verb": form.verb, "key": form.verb.key.removeprefix("Key"), "locked": reason,
        "photo_errors": photo_errors, "cancel_url": own_path(request, reverse("case", args=[case.number])),
    }  # fmt: skip
    return render(request, "cases/move.html", context, status=status)


def _moved_on(case: Case) -> str:
    return _("Somebody was faster: the case is now “%(state)s”. What you wrote is kept; send it if it still fits.") % {
        "state": badge(case.state).label
    }


def _done(case: Case, form: MoveForm) -> str:
    if form.verb.code == "dispatch" and case.lead:
        return _("%(number)s dispatched to %(unit)s") % {"number": case.number, "unit": case.lead.name}
    return _("%(number)s: %(verb)s, done") % {"number": case.number, "verb": form.verb.label}


def _undo_url(request: Request, case: Case, back: str) -> str:
    """Where the last move is taken back; empty where it cannot be."""
    if may("take_back")(request.actor, case):
        return ""
    return f"{reverse('undo', args=[case.number])}?{urlencode({'next': back})}"


@needs(may_see_desk)
@require_POST
def undo(request: Request, number: str) -> HttpResponse:
    """Take back one's own last move; that it was undone stays in the book."""
    case = actions.take_back(found(number), by=request.actor, now=request.now)
    messages.success(request, _("%(number)s: taken back") % {"number": case.number})
    return redirect(own_path(request, reverse("case", args=[number])))
