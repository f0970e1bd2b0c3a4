"""Codes of the register in the reader's language, what stands out in words, and the ways between the pages."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wangge.access.pages import Request
from wangge.catalogue import queries as catalogue
from wangge.catalogue.purposes import in_order
from wangge.core.looking import Sign
from wangge.people.rules import may_plant, may_watch
from wangge.web.templatetags.wg import language

SIGNS: dict[Sign, tuple[str | Promise, str]] = {
    Sign.CANARY: (_("A canary was touched"), "alert-triangle"),
    Sign.FAR_ABOVE: (_("Far more than usual in this post"), "chart-bar"),
    Sign.NIGHT: (_("Many at night"), "clock"),
    Sign.MANY_GRIDS: (_("In many grids"), "hexagons"),
    Sign.WITHOUT_TASK: (_("Many without a task"), "eye-search"),
    Sign.BUDGET: (_("The day's budget is used up"), "hand-stop"),
}
WAYS: tuple[tuple[str, str | Promise, str], ...] = (
    ("privacy", _("Overview"), "shield-check"),
    ("looks", _("Looks"), "eye"),
    ("looks-unusual", _("What stands out"), "alert-triangle"),
    ("assessments", _("Impact assessments"), "file-check"),
    ("privacy-ages", _("Age of data"), "clock"),
    ("canaries", _("Canaries"), "alert-circle"),
)


@dataclass(frozen=True)
class Words:
    """Labels by code; a code the register no longer knows stands for itself."""

    purposes: dict[str, str]
    fields: dict[str, str]
    roles: dict[str, str]

    def purpose(self, code: str) -> str:
        return self.purposes.get(code, code)

    def field(self, code: str) -> str:
        return self.fields.get(code, code)

    def role(self, code: str) -> str:
        return self.roles.get(code, code or _now("not written down"))


def words() -> Words:
    """The register in the reader's language."""
    said = language()
    return Words(
        {held.code: held.entry.label.text(said) for held in in_order()},
        {held.code: held.entry.label.text(said) for held in catalogue.fields()},
        {code: held.entry.label.text(said) for code, held in catalogue.roles().items()},
    )


def ways(request: Request, here: str) -> list[dict[str, Any]]:
    """The pages of who watches; for who only reads assessments there is one, and so no way."""
    if may_watch(request.actor):
        return []
    return [
        {"url": reverse(route), "label": label, "icon": icon, "is_active": route == here}
        for route, label, icon in WAYS
        if route != "canaries" or may_plant(request.actor) is None
    ]
