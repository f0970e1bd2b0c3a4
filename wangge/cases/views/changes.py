"""What an open page asks every two seconds: whether anything changed that its reader can see."""

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge.access.pages import Request, needs
from wangge.cases.queries import changes as read
from wangge.cases.queries.desk import counts
from wangge.cases.rules import may_see_desk


@needs(may_see_desk)
def _answer(request: Request) -> HttpResponse:
    news = read.since(read.stamp_of(request.GET.get("since", "")))
    if not news.cases:
        return HttpResponse(status=204, headers={read.STAMP: str(news.stamp)})
    return JsonResponse({"stamp": str(news.stamp), "counts": counts(request.actor, request.now), "cases": news.cases})


@require_safe
def changes(request: Request) -> HttpResponseBase:
    """204 when nothing visible changed; else the new stamp, the counts of one's desks and the numbers of cases."""
    if request.actor.is_public:
        return JsonResponse({"error": _("Nobody is signed in here"), "detail": ""}, status=403)
    return _answer(request)


changes.rule = may_see_desk  # type: ignore[attr-defined] # not signed in gets JSON, not the sign-in page
