"""Letting a list leave as people do: the dispatcher asks, a guard of another organisation decides, a job makes it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localtime

from tests.cast import Cast, Person
from tests.exchange.lists import at_work
from wangge.access.actor import Actor
from wangge.exchange.actions import exporting
from wangge.exchange.actions.exporting import Wish
from wangge.exchange.exporter import exporter
from wangge.exchange.models import Export
from wangge.teams.actions.accounts import add_account, give_post
from wangge.teams.models import Organisation

WHY = "向市里报本月物业类事项的办理情况"


def guard(cast: Cast, code: str = "water", login: str = "guard01") -> Person:
    """One more security administrator, of the organisation that is named."""
    now = timezone.now()
    with cast.system_admin.acting() as admin:
        organisation = Organisation.objects.get(code=code)
        account = add_account(login, "严（虚构）", "", by=admin, now=now, organisation=organisation)
    with cast.security_admin.acting() as admin:
        give_post(account, "security_admin", by=admin, now=now)
    return Person(account.pk)


def first_area(kind: str, actor: Actor) -> str:
    return exporter(kind).choices("area", actor)[0][0]


def wish(area: str, **more: Any) -> Wish:
    last = localtime(timezone.now()).date() + timedelta(days=7)
    plain = Wish({"area": area}, "report", WHY, "市城管局（虚构）", "赵，统计科（虚构）", last)
    return replace(plain, **{name: value for name, value in more.items() if name != "given"},
                   given={**plain.given, **more.get("given", {})})  # fmt: skip


def asked(person: Person, kind: str = "buildings", *, now: datetime | None = None, **more: Any) -> Export:
    with person.acting() as actor:
        held = wish(first_area(kind, actor), **more)
        return exporting.ask(kind, held, by=actor, now=now or timezone.now())


def approved(person: Person, export: Export, *, now: datetime | None = None) -> Export:
    with person.acting() as actor:
        return exporting.approve(export, by=actor, now=now or timezone.now())


def made(person: Person, export: Export, *, now: datetime | None = None) -> Export:
    """What the job does, in the name of who asked."""
    with at_work(person, "export") as actor:
        return exporting.make(export.pk, by=actor, now=now or timezone.now())


def ready(cast: Cast, kind: str = "buildings", **more: Any) -> Export:
    """A file that was asked for, approved and made."""
    export = asked(cast.dispatcher, kind, **more)
    return made(cast.dispatcher, approved(cast.security_admin, export))
