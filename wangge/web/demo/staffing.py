"""Load the organisations of a generated town and its staff with their posts."""

from datetime import date, datetime, time

from django.contrib.auth.hashers import make_password
from django.utils.timezone import get_default_timezone

from wangge.access.actor import Actor
from wangge.access.models import Post
from wangge.core.spelling import sort_key
from wangge.teams.actions import keep, keep_posts
from wangge.teams.models import Account, Organisation
from wangge.web.demo import town as t
from wangge.web.demo.chunked import every, kept

DEMO_PASSWORD = "demo-wangge-2026"  # noqa: S105 - printed by the demo, refused by a real installation


def load_organisations(town: t.Town, areas: dict[str, int], by: Actor) -> dict[str, int]:
    """Load the organisations; their database ids by their keys."""
    rows = (
        Organisation(
            code=o.key, name=o.name, sort_key=sort_key(o.name), functions=list(o.functions),
            area_id=areas[o.area], phone=o.phone,
        )
        for o in town.organisations
    )  # fmt: skip
    return dict(zip((o.key for o in town.organisations), kept(rows, by, action=keep), strict=True))


def load_staff(
    town: t.Town, areas: dict[str, int], organisations: dict[str, int], *, since: date, by: Actor, now: datetime
) -> dict[str, int]:
    """Load the staff with their posts, which hold from `since`; the ids of their accounts by their logins."""
    password = make_password(DEMO_PASSWORD)
    accounts = (
        Account(
            username=person.login, name=person.name, organisation_id=organisations[person.organisation],
            password="!" if person.role == "grid_worker" else password, created_at=now,
        )
        for person in town.staff
    )  # fmt: skip
    ids = dict(zip((p.login for p in town.staff), kept(accounts, by, action=keep), strict=True))
    begun = datetime.combine(since, time(), get_default_timezone())
    posts = (
        Post(
            account_id=ids[person.login], role_id=person.role,
            area_id=areas[area] if area else None,
            organisation_id=organisations[person.organisation] if person.role == "handler" else None,
            valid_from=begun,
        )
        for person in town.staff
        for area in _where(person)
    )  # fmt: skip
    every(posts, by, action=keep_posts)
    return ids


def _where(person: t.Staff) -> tuple[str | None, ...]:
    """The areas of a person's posts: workers their grids, handlers none (they have their unit), others their area."""
    if person.grids:
        return person.grids
    return (None,) if person.role in ("handler", "system_admin", "security_admin", "auditor") else (person.area,)
