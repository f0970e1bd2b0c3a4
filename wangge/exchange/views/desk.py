"""The list of imports, a new one, and the one page of an import that shows what is to be done now."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.core.sheets import Unreadable
from wangge.exchange import actions, reading
from wangge.exchange.forms import UploadForm
from wangge.exchange.importer import Importer, importer, importers
from wangge.exchange.models import Import
from wangge.exchange.queries import lists
from wangge.exchange.rules import may_import
from wangge.exchange.tasks import go_on
from wangge.exchange.uploads import InMemory
from wangge.exchange.words import AT_WORK, LOOKS, MOVES, STEPS, State

PAGES = {
    State.READ: "import-map", State.CHECKED: "import-preview", State.DECIDED: "import-preview",
    State.COMMITTED: "import-report", State.UNDONE: "import-report", State.REFUSED: "import-report",
}  # fmt: skip


def held_of(request: Request, pk: int) -> tuple[Import, Importer]:
    """The import, when it is the actor's to work on; 404 alike for one that is not and one that is nobody's."""
    held = get_object_or_404(Import.objects.select_related("source", "by"), pk=pk)
    kind = importer(held.kind)
    if kind.may(request.actor) is not None:
        raise Http404
    return held, kind


def shown(held: Import) -> dict[str, Any]:
    """What every page of an import shows at its head."""
    tone, icon = LOOKS[held.state]
    return {
        "held": held, "kind": importer(held.kind), "tone": tone, "icon": icon, "verbs": MOVES.verbs(held.state),
        "steps": _steps(held.state),
    }  # fmt: skip


def _steps(state: str) -> list[dict[str, Any]]:
    """The way of an import, and where it stands; none for what was given up."""
    at = next((place for place, (_label, _icon, states) in enumerate(STEPS) if state in states), -1)
    looks = ["done"] * at + ["now"] + ["next"] * (len(STEPS) - at - 1) if at >= 0 else []
    return [{"label": label, "icon": icon, "look": look} for look, (label, icon, _) in zip(looks, STEPS, strict=False)]


@needs(may_import)
@require_GET
def imports(request: Request) -> HttpResponse:
    """All imports, the newest first."""
    after = request.GET.get("after", "")
    found = lists.imports(int(after) if after.isdecimal() and len(after) < 18 else 0)
    rows, more = found[: lists.PAGE], found[lists.PAGE :]
    return render(request, "exchange/imports.html", {
        "rows": [shown(held) for held in rows], "shown": len(rows), "kinds": _kinds(request),
        "more_url": f"{reverse('imports')}?after={rows[-1].pk}" if more else "",
    })  # fmt: skip


def _kinds(request: Request) -> list[Importer]:
    return [one for one in importers() if one.may(request.actor) is None]


@csrf_exempt
@needs(may_import)
@require_http_methods(["GET", "HEAD", "POST"])
def new_import(request: Request) -> HttpResponse:
    """Upload a file. How it arrives is said before the form is read: the check of its origin follows in `_upload`."""
    request.upload_handlers = [InMemory(request)]
    return _upload(request)


@csrf_protect
def _upload(request: Request) -> HttpResponse:
    """Keep the file; it is read in the background."""
    form = UploadForm(request.POST or None, request.FILES or None, kinds=_kinds(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            kept = reading.keep(given["file"].chunks(), seals=importer(given["kind"]).seals)
            source = actions.source_named(given["source"], by=request.actor)
            held = actions.begin(
                source, given["kind"], file_name=given["file"].name, kept=kept, by=request.actor, now=request.now
            )
        except Unreadable as bad:
            form.add_error("file", lists.said_trouble(bad.rule, str(bad).partition(": ")[2]))
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            go_on(request.actor, held.pk)
            return redirect("import", pk=held.pk)
    return render(request, "exchange/new.html", {"form": form, "kinds": _kinds(request)})


@needs(may_import)
@require_GET
def one_import(request: Request, pk: int) -> HttpResponse:
    """Where the import stands: the work going on, or the page on which it is a person's turn."""
    held, _kind = held_of(request, pk)
    if held.state not in AT_WORK:
        return redirect(PAGES[State(held.state)], pk=pk)
    return render(request, "exchange/progress.html", {**shown(held), **_progress(held)})


def _progress(held: Import) -> dict[str, Any]:
    part = lists.share(held)
    return {"percent": round(part * 100), "done": round(part * held.rows), "is_counted": held.state != State.READING}


@needs(may_import)
@require_GET
def progress(request: Request, pk: int) -> HttpResponse:
    """The bar alone, for the page to ask again; when the work is over the page is fetched anew."""
    held, _kind = held_of(request, pk)
    response = render(request, "exchange/_progress.html", {**shown(held), **_progress(held)})
    if held.state not in AT_WORK:
        response.headers["HX-Refresh"] = "true"
    return response


@needs(may_import)
@require_POST
def give_up(request: Request, pk: int) -> HttpResponse:
    """Give an import up; the file goes, the report stays."""
    held, _kind = held_of(request, pk)
    actions.refuse(held, by=request.actor, now=request.now)
    return redirect("import", pk=pk)


def said(request: Request, pk: int, text: str) -> HttpResponse:
    from django.contrib import messages  # noqa: PLC0415 - app ready

    messages.success(request, text)
    return redirect("import", pk=pk)
