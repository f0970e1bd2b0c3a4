"""Bringing a database to what this release needs: schema, grants, and the rows without which nothing works."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from wangge.access import grants
from wangge.access.sessions import padded_halves
from wangge.cases.actions.handover import catch_up
from wangge.catalogue.actions import load
from wangge.catalogue.reading import read
from wangge.catalogue.schema import Role
from wangge.catalogue.words import Kind
from wangge.clocks.actions import load_calendars
from wangge.jobs.system import PUBLIC, SYSTEM, as_system
from wangge.places.actions import name_places
from wangge.places.queries.naming import unnamed
from wangge.vault.actions import obey_the_dead, open_compartment

COMPARTMENTS = ("reporters", "accounts", "registry")


def migrate() -> None:
    """Run the migrations and apply the grants, both as the owner."""
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    grants.apply(connections["owner"])


def found() -> None:
    """As the owner: the session key, the roles of the catalogue, and the two accounts that are no person."""
    inner, outer = padded_halves(settings.SESSION_KEY)
    roles = read(settings.WANGGE.catalogue).of(Role)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("delete from access_sessionkey")
        cursor.execute("insert into access_sessionkey (inner_pad, outer_pad) values (%s, %s)", [inner, outer])
        cursor.execute("insert into access_role values ('system', '[]', false) on conflict do nothing")
        for role in roles.values():
            cursor.execute(
                "insert into access_role (code, granted_by, second_factor) values (%s, to_jsonb(%s::text[]), %s)"
                " on conflict (code) do update set granted_by = excluded.granted_by,"
                " second_factor = excluded.second_factor",
                [role.code, list(role.granted_by), role.second_factor],
            )
        for name in (SYSTEM, PUBLIC):
            cursor.execute(
                "insert into teams_account (username, name, kind, password, is_active, email, created_at)"
                " values (%s, %s, %s, '!', false, '', now()) on conflict (username) do nothing",
                [name, name, name],
            )
        cursor.execute(
            "insert into access_post (account_id, role, valid_from) select id, 'system', now() from teams_account a"
            " where username = 'system' and not exists (select from access_post p where p.account_id = a.id)"
        )


def furnish(now: datetime) -> None:
    """In the system's own name: definitions, calendars, compartments, names of places. Twice changes nothing."""
    with as_system("furnish") as actor:
        definitions = read(settings.WANGGE.catalogue)
        load(definitions.bodies, by=actor, now=now)
        calendars = [body.body for body in definitions.bodies if body.kind is Kind.CALENDAR]
        load_calendars(calendars, by=actor, now=now)
        obey_the_dead(now=now)
        for code in COMPARTMENTS:
            open_compartment(code, now=now)
        if next(unnamed(chunk=1), None):
            name_places(by=actor)


def settle(now: datetime) -> None:
    """Everything above, in order, and changes of areas whose midnight the house slept through; harmless to repeat."""
    migrate()
    found()
    furnish(now)
    catch_up(now)


def zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def folders(home: Path) -> None:
    """The folders an installation writes to."""
    for name in ("secrets", "keys", "media", "anchors", "backups", "log", "destroyed"):
        (home / name).mkdir(parents=True, exist_ok=True, mode=0o700)
