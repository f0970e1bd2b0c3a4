"""The page of a case, its sheet of paper, and its photos."""

from typing import cast

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from wangge.access.pages import Request, needs
from wangge.cases.queries import case as read
from wangge.cases.rules import may_see_desk
from wangge.cases.views.pane import found, own_path, whole
from wangge.files.actions import path_of


@needs(may_see_desk)
@require_safe
def page(request: Request, number: str) -> HttpResponse:
    """One case; with `HX-Request`, as the pane beside a list shows it."""
    case = found(number)
    is_part = "HX-Request" in request.headers
    context = whole(request, case, back=own_path(request, "")) | {"is_part": is_part}
    return render(request, "cases/_pane.html" if is_part else "cases/case.html", context)


@needs(may_see_desk)
@require_safe
def sheet(request: Request, number: str) -> HttpResponse:
    """One case on paper; nothing on it points to the reporter."""
    return render(request, "cases/case_print.html", whole(request, found(number)))


@needs(may_see_desk)
@require_safe
def photo(request: Request, name: str) -> HttpResponse:
    """A photo of a case the actor may see; `?small=1` gives the thumbnail."""
    held = read.photo(name)
    path = path_of(held.file.name, small="small" in request.GET) if held else None
    if path is None or not path.exists():
        raise Http404(name)
    return cast("HttpResponse", FileResponse(path.open("rb"), content_type="image/jpeg"))
