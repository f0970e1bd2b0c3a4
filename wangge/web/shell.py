"""What every page's frame needs: menu, area, language, size, marks."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.access.actor import Actor
from wangge.cases.queries.desk import counts
from wangge.cases.queries.faces import said
from wangge.cases.words import DESKS, EVERY_STAFF
from wangge.catalogue import queries as catalogue
from wangge.exchange.export_words import DECIDERS
from wangge.exchange.queries.exports import waits_for
from wangge.insight.rules import READERS
from wangge.people.queries.alarms import unanswered
from wangge.people.queries.rights import waits_for as rights_waiting
from wangge.people.rules import CARERS, COUNTERS, FIRM_READERS, KEEPERS, WATCHERS
from wangge.places.queries import names_of
from wangge.web.demo.mark import is_demo
from wangge.web.signin.home import home_of

WORK, PLACES, MANAGE = gettext_lazy("Work"), gettext_lazy("Places"), gettext_lazy("See and manage")
DESK_LOOKS = {
    "intake": ("inbox", ". I"), "dispatch": ("route", ". P"), "unit": ("tool", ". U"),
    "check": ("clipboard-check", ". C"),
    "chief": ("hand-stop", ". D"), "field": ("walk", ". F"), "all": ("list", ". A"),
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """An entry of the menu that is not a desk: route, label, icon, group, roles that use it, key."""

    route: str
    label: str | Promise
    icon: str
    group: str | Promise
    roles: tuple[str, ...]
    key: str = ""


TABS = ("my-day", "map", "register", "sheets", "sheets-inbox")
"""Pages at the bottom of the phone."""
BEFORE = (
    Entry("my-day", gettext_lazy("Today"), "home", WORK, ("grid_worker", "secretary"), ". T"),
    Entry("community-day", gettext_lazy("My community today"), "building-community", WORK, ("secretary",)),
)
AFTER = (
    Entry("register", gettext_lazy("Register"), "plus", WORK,
          ("grid_worker", "secretary", "town_staff", "acceptor", "duty_chief")),
    Entry("sheet-lines", gettext_lazy("From property firms"), "clipboard-check", WORK, KEEPERS),
    Entry("sheets", gettext_lazy("Daily sheets"), "clipboard-check", WORK, ("property_staff",)),
    Entry("sheets-inbox", gettext_lazy("Come back"), "arrow-back-up", WORK, ("property_staff",)),
    Entry("map", gettext_lazy("Map"), "map-2", PLACES, EVERY_STAFF, ". M"),
    Entry("homes", gettext_lazy("Homes and people"), "door", PLACES, KEEPERS, ". H"),
    Entry("rights", gettext_lazy("Own data: requests"), "shield-check", PLACES, KEEPERS),
    Entry("people-find", gettext_lazy("Find a person"), "user-circle", PLACES, KEEPERS),
    Entry("care", gettext_lazy("Care register"), "heart-handshake", PLACES, COUNTERS),
    Entry("care-mine", gettext_lazy("My charges"), "user-check", PLACES, CARERS),
    Entry("firms", gettext_lazy("Organisations"), "briefcase", PLACES, FIRM_READERS),
    Entry("grids", gettext_lazy("Grids"), "grid-dots", PLACES, ("town_staff", "secretary", "duty_chief")),
    Entry("area-changes", gettext_lazy("Areas and changes"), "hexagons", PLACES,
          ("system_admin", "duty_chief", "dispatcher", "town_staff", "secretary")),
    Entry("figures", gettext_lazy("Figures"), "chart-bar", MANAGE, READERS),
    Entry("team", gettext_lazy("Team and devices"), "users", MANAGE,
          ("secretary", "town_staff", "system_admin", "security_admin")),
    Entry("imports", gettext_lazy("Imports"), "table", MANAGE, ("system_admin", "security_admin", "secretary")),
    Entry("exports", gettext_lazy("Exports"), "package", MANAGE,
          ("acceptor", "dispatcher", "checker", "duty_chief", "security_admin", "auditor")),
    Entry("privacy", gettext_lazy("Privacy"), "shield-check", MANAGE, WATCHERS),
    Entry("assessments", gettext_lazy("Impact assessments"), "file-check", MANAGE, ("secretary",)),
    Entry("retention", gettext_lazy("Retention"), "trash", MANAGE, ("security_admin", "auditor")),
    Entry("book", gettext_lazy("The book"), "book-2", MANAGE, ("auditor",)),
)  # fmt: skip


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page; fragments and pages for residents need no more than size, moment and marks."""
    actor: Actor | None = getattr(request, "actor", None)
    frame: dict[str, Any] = {
        "size": "large" if request.COOKIES.get("wg_size") == "large" else "normal",
        "now": getattr(request, "now", None) or timezone.now(),
        "is_demo": settings.WANGGE.demo or is_demo(),
        "home_url": "/",
    }
    if actor is None or actor.is_public or "HX-Request" in request.headers:
        return frame
    try:
        return frame | _of_staff(request, actor)
    except DatabaseError:  # the page says what went wrong; its frame must not ask the database again
        return frame


def _of_staff(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    waiting = getattr(request, "waiting", None)  # a list has counted already
    if waiting is None:
        waiting = counts(actor, request.now)  # type: ignore[attr-defined] # set by the middleware
    menu = list(_menu(request.path, actor, waiting))
    works = actor.has(*EVERY_STAFF)
    return {
        "menu": menu,
        "tabs": [*(entry for entry in menu if entry["is_tab"]), _own_tab(request.path)],
        "area": _area(actor),
        "mode_label": _("Everyday"),
        "person": _person(request, actor),
        "person_links": [
            {"url": _address("me"), "icon": "settings", "label": _("My settings and sessions")},
        ],
        "home_url": home_of(actor),
        "search_url": _address("search") if works else "",
        "changes_url": _address("changes") if works else "",
        "stamp": actor.stamp if works else "",
    }


def _own_tab(path: str) -> dict[str, Any]:
    url = _address("me")
    return {"url": url, "label": _("Me"), "icon": "user", "is_active": path.startswith(url)}


def _menu(path: str, actor: Actor, waiting: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Entries this person can ever use; one that is empty today stays."""
    for entry in BEFORE:
        yield from _entry(path, actor, entry)
    for desk, (label, _states, roles) in DESKS.items():
        if actor.has(*roles):
            icon, key = DESK_LOOKS[desk]
            url = _address("worklist", desk)
            yield {
                "url": url, "label": label, "icon": icon, "group": WORK, "count": waiting.get(desk), "key": key,
                "code": desk if desk in waiting else "", "is_active": path == url, "is_tab": False,
            }  # fmt: skip
    if "over" in waiting:
        yield {
            "url": f"{_address('worklist', 'all')}?due=over", "label": _("Overdue"), "icon": "alarm", "group": WORK,
            "count": waiting["over"], "code": "over", "is_alarm": True, "is_tab": False,
        }  # fmt: skip
    for entry in AFTER:
        yield from _entry(path, actor, entry, _waiting(actor, entry.route))


def _waiting(actor: Actor, route: str) -> int | None:
    """How many wait for the actor behind an entry; nothing where nobody counts."""
    if route == "exports" and actor.has(*DECIDERS):
        return waits_for(actor)
    if route == "privacy" and actor.has("security_admin"):
        return unanswered().count()
    return rights_waiting(actor) if route == "rights" and actor.has(*KEEPERS) else None


def _entry(path: str, actor: Actor, entry: Entry, count: int | None = None) -> Iterator[dict[str, Any]]:
    url = _address(entry.route)
    if url and actor.has(*entry.roles):
        yield {
            "url": url, "label": entry.label, "icon": entry.icon, "group": entry.group, "key": entry.key,
            "count": count, "code": "" if count is None else entry.route,
            "is_active": path == url, "is_tab": entry.route in TABS,
        }  # fmt: skip


@cache
def _address(route: str, *names: str) -> str:
    """The address of a page; empty where an installation leaves the page out."""
    try:
        return reverse(route, args=names)
    except NoReverseMatch:
        return ""


def _area(actor: Actor) -> str:
    """The widest area of the actor's posts, or the first of several grids with how many there are."""
    roots = tuple(dict.fromkeys(held.area_id for held in actor.roles if held.area_id is not None))
    if not roots:
        return ""
    names = names_of(roots)
    more = len(names) - 1
    return _("%(area)s and %(n)s more") % {"area": names[0], "n": more} if more > 0 else "".join(names)


def _person(request: HttpRequest, actor: Actor) -> str:
    """What the person is and is called: "Acceptor · Wang"."""
    known = catalogue.roles()
    roles = [said(known[held.role].entry.label) for held in actor.roles[:1] if held.role in known]
    name = getattr(getattr(request, "user", None), "name", "")
    return " · ".join([*roles, name])
