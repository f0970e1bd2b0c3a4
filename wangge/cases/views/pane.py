"""What stands around a case on its page, in the pane beside a list, and in the form of a verb."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from wangge.access.pages import Request
from wangge.cases.forms.move import MoveForm
from wangge.cases.models import Case
from wangge.cases.queries import case as read
from wangge.cases.queries.faces import badge, calendar, clock_of, kind_of, said
from wangge.cases.queries.sketch import around
from wangge.cases.words import VERBS, Ask
from wangge.catalogue import queries as catalogue
from wangge.core.numbers import grouped
from wangge.places.queries import line
from wangge.places.queries.history import lay_elsewhere

SOURCE_ICONS = {
    "qr": "qrcode", "web": "link", "patrol": "walk", "phone": "phone", "paper": "file-check", "proxy": "users",
}  # fmt: skip
CHOSEN_HERE = {Ask.CATEGORY, Ask.ORGANISATION}
ASKS_ONCE_MORE = ("void", "rate_solved")  # cannot be taken back by the one who does it


def found(number: str) -> Case:
    """The case, or a page that says there is nothing here: outside one's area it is the same."""
    case = read.whole(number) if len(number) <= 20 and "\0" not in number else None
    if case is None:
        raise Http404(number)
    return case


def own_path(request: Request, default: str) -> str:
    """Where to go on: an address of our own that the form or the link carried, else the default."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None) else default


def category_of(case: Case) -> str:
    return said(catalogue.category_of(case.category_id).entry.label) if case.category_id else ""


def verb_of(case: Case, each: read.Open, back: str) -> dict[str, Any]:
    """A verb as the component draws it."""
    verb = each.verb
    url = reverse("case-do", args=[case.number, verb.code])
    return {
        "code": verb.code,
        "url": f"{url}?{urlencode({'next': back})}" if back else url,
        "label": verb.label,
        "key": verb.key.removeprefix("Key"),
        "is_first": each.is_first,
        "reason": each.reason,
        "asks": not verb.quick or verb.code in ASKS_ONCE_MORE,
        "tone": "danger" if verb.code in ("void", "ask_void", "not_accept") else "",
    }


def about(request: Request, case: Case, *, back: str = "") -> dict[str, Any]:
    """The head of a case: number, badge, clock, category, place, and this person's verbs."""
    now = request.now
    verbs = [verb_of(case, each, back) for each in read.open_verbs(case, request.actor)]
    first = next((verb for verb in verbs if verb["is_first"]), None)
    form = None
    if first and CHOSEN_HERE & set(VERBS[first["code"]].required):
        form = MoveForm(case=case, verb=first["code"], now=now, initial={"seen": case.state, "next": back})
        verbs = [verb for verb in verbs if verb is not first]
    clock = clock_of(case, now, calendar())
    return {
        "case": case, "state": badge(case.state), "face": clock, "kind": kind_of(case),
        "meter": f"{min(max(clock.share, 0), 1):.2f}",
        "category": category_of(case), "source_icon": SOURCE_ICONS[case.source], "verbs": verbs, "first": first,
        "asked": form, "back": back, "turn": read.turn(case), "sketch": around(case), "spoken": grouped(case.number),
    }  # fmt: skip


def whole(request: Request, case: Case, *, back: str = "") -> dict[str, Any]:
    """Everything on the page of a case."""
    steps = read.steps(case)
    story = read.story(case, steps, request.now)
    return about(request, case, back=back) | {
        "steps": read.way(case, steps, request.now),
        "story": [told_of(each) for each in story],
        "photos": photos_of([picture for step in steps[:1] for picture in read.pictures(step)]),
        "version": steps[-1].pk if steps else 0,
        "reporter": read.reporter(case, request.actor),
        "near": read.same_place(case, request.now),
        "areas": line(case.area_id),
        "areas_then": lay_elsewhere(case.area_id, localdate(case.reported_at)),
    }


def photos_of(pictures: list[read.Picture]) -> list[dict[str, str]]:
    """Photos as the gallery takes them."""
    made = []
    for number, each in enumerate(pictures, 1):
        url = reverse("photo", args=[each.name])
        made.append({"url": url, "small_url": f"{url}?small=1", "alt": _("Photo %(n)s") % {"n": number}})
    return made


def told_of(each: read.Told) -> dict[str, Any]:
    """An entry of the timeline as the component takes it."""
    return {
        "at": each.at, "icon": each.icon, "tone": each.tone, "title": each.title, "who": each.who, "text": each.text,
        "is_public": each.is_public, "photos": photos_of(each.photos),
    }  # fmt: skip
