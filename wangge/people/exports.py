"""Looks as a list that can be taken out: when, where, in which post, for what. Neither who looked nor at whom."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.timezone import get_default_timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wangge.access.actor import Actor
from wangge.catalogue import queries as catalogue
from wangge.catalogue.purposes import in_order
from wangge.core.periods import DAY, begin_of
from wangge.exchange.exporter import Cell, Column, Exporter, Filter, Given, Label, Type, register
from wangge.people.queries import looks as read
from wangge.places.exports import AREAS, lies_in


class Looks(Exporter):
    """For the audit: no account, no person, no number of a matter."""

    kind, label, icon = "looks", _("Looks at personal data"), "eye"
    holds = _("When somebody looked, in which post, at which field, for what, with a task or without. Nobody is named.")
    filters = (
        Filter("since", _("From day"), "day", required=True),
        Filter("until", _("To day"), "day", required=True),
        Filter("for", _("What for")),
    )
    columns = (
        Column("at", _("When"), Type.MOMENT, "ledger.Entry.at"),
        *AREAS,
        Column("role", _("Post"), Type.WORD, "ledger.Entry.facts"),
        Column("field", _("Which field"), Type.WORD, "ledger.Entry.facts"),
        Column("purpose", _("What for"), Type.WORD, "ledger.Entry.facts"),
        Column("task", _("With a task"), Type.WORD, "ledger.Entry.facts"),
    )

    def may_ask(self, actor: Actor) -> str | None:
        return None if actor.has("auditor") else _now("Looks are taken out by the auditor.")

    def choices(self, code: str, actor: Actor) -> list[tuple[str, Label]]:
        return [(held.code, held.entry.label.text(_language())) for held in in_order()] if code == "for" else []

    def said(self, code: str, value: str) -> str:
        held = catalogue.purposes().get(value) if code == "for" else None
        return held.entry.label.text(_language()) if held else value

    def count(self, given: Given, at: datetime) -> int:
        return read.count(_wanted(given, at))

    def rows(self, given: Given, at: datetime, now: datetime) -> Iterator[tuple[Cell, ...]]:
        """The latest first."""
        fields = {held.code: held.entry.label.text(_language()) for held in catalogue.fields()}
        roles = {code: held.entry.label.text(_language()) for code, held in catalogue.roles().items()}
        for look in read.each_look(_wanted(given, at)):
            places = lies_in(look.area_id) if look.area_id else ("",) * len(AREAS)
            yield (
                look.at, *places, roles.get(look.role, look.role), fields.get(look.field, look.field),
                self.said("for", look.purpose), _now("yes") if look.task else _now("no"),
            )  # fmt: skip


def _wanted(given: Given, at: datetime) -> read.Wanted:
    zone = get_default_timezone()
    since, until = (begin_of(date.fromisoformat(given[name]), zone) for name in ("since", "until"))
    return read.Wanted(since, min(until + DAY, at), purpose=given.get("for", ""))


def _language() -> str:
    return get_language() or "zh-hans"


def register_all() -> None:
    """Called when the app is ready."""
    register(Looks())
