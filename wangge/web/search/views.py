"""The search page and the suggestions under the box; both from the same results."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from wangge.access.pages import Request, needs
from wangge.cases.rules import may_see_desk
from wangge.web.search.results import KINDS, Results, find

SUGGESTED = 4
LONGEST = 120


def asked_of(request: Request) -> str:
    """What was typed; what PostgreSQL cannot hold is left out."""
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]


@needs(may_see_desk)
@require_safe
def page(request: Request) -> HttpResponse:
    """Everything that was found, in groups; one group from a place in it on."""
    query, kind = asked_of(request), request.GET.get("in", "")
    kind = kind if kind in KINDS else ""
    found = find(query, kind=kind, after=request.GET.get("after", "")) if query else Results([])
    base = reverse("search")
    groups = [
        {
            "section": each, "list_id": f"found-{each.kind}",
            "more_url": f"{base}?{urlencode({'q': query, 'in': each.kind, 'after': each.more})}" if each.more else "",
        }
        for each in found.sections
    ]  # fmt: skip
    context = {
        "query": query, "found": found, "groups": groups, "only": kind,
        "all_url": f"{base}?{urlencode({'q': query})}",
        "texts_url": f"{reverse('worklist', args=['all'])}?{urlencode({'q': query})}",
    }  # fmt: skip
    return render(request, "search/search.html", context)


@needs(may_see_desk)
@require_safe
def suggestions(request: Request) -> HttpResponse:
    """The closest few of each kind, for the list under the box."""
    query = asked_of(request)
    found = find(query, most=SUGGESTED) if query else Results([])
    all_url = f"{reverse('search')}?{urlencode({'q': query})}"
    return render(request, "search/_suggestions.html", {"query": query, "found": found, "all_url": all_url})
