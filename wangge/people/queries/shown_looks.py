"""Who looked at a person: when, in which role and organisation, what for; no name of a member of staff.

A look is opening: a field, a carer's number, everything at once. Lists that show somebody masked, or a need to a carer,
are not written down one by one; the person is told that they are there. The number left with a report belongs to who
holds the report's link: they are told on its page (`cases_opened`), for a number does not say whose report it was.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.catalogue import queries as catalogue
from wangge.catalogue.parts import Label
from wangge.people.models import Person

LOOKS = "select * from people_looks(%s, %s, %s)"
PAGE = 50
MOST = 1000


@dataclass(frozen=True)
class Look:
    """One look, as the person is told it."""

    id: int
    at: datetime
    what: str
    role: str
    organisation: str
    purpose: str
    task: str


def looks(person: Person, *, before: int | None = None, most: int = PAGE) -> list[Look]:
    """The looks at a person, the last first; one more than asked when there are more."""
    with connection.cursor() as cursor:
        cursor.execute(LOOKS, [person.pk, before, min(most + 1, MOST)])
        rows = cursor.fetchall()
    english = (get_language() or "").startswith("en")
    fields = {held.code: _said(held.entry.label) for held in catalogue.fields()}
    purposes = {code: _said(held.entry.label) for code, held in catalogue.purposes().items()}
    roles = {code: _said(held.entry.label) for code, held in catalogue.roles().items()}
    return [
        Look(
            number, at, _what(verb, field or "", fields), _who(role, roles),
            (named_en if english else named) if role != "resident" else "", purposes.get(purpose or "", purpose or ""),
            task or "",
        )
        for number, at, verb, role, named, named_en, purpose, field, task in rows
    ]  # fmt: skip


def _what(verb: str, field: str, fields: dict[str, str]) -> str:
    if verb == "rights.state":
        return _("everything that is held (a statement for you)")
    return fields.get("carer" if verb == "care.open" else field, field)


def _who(role: str | None, roles: dict[str, str]) -> str:
    return _("you, by your link") if role == "resident" else roles.get(role or "", role or "")


def _said(label: Label) -> str:
    return label.text(get_language() or "zh-hans")
