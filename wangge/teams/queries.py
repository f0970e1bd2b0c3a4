"""Reads of accounts, posts and phones: who is in my team, what may I give, what may I bind."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from wangge.access.actor import Actor
from wangge.access.models import Post, Reach, Role
from wangge.catalogue import queries as catalogue
from wangge.places.models import Area
from wangge.teams.models import Account, Device, Organisation
from wangge.teams.words import AccountKind, DeviceState

PAGE = 50
MOST_AREAS = 20
LEADERS = ("secretary", "town_staff")
EVERYWHERE = ("system_admin", "security_admin")


def may_post(account_id: int, role: str, area_id: int | None) -> bool:
    """Say whether the database lets the actor give or end this post."""
    with connection.cursor() as cursor:
        cursor.execute("select wg_has_role('system') or wg_may_post(%s, %s, %s)", [account_id, role, area_id])
        return bool(cursor.fetchone()[0])


def may_bind(account_id: int) -> bool:
    """Say whether the database lets the actor bind a phone for this account."""
    with connection.cursor() as cursor:
        cursor.execute("select wg_may_bind(%s)", [account_id])
        return bool(cursor.fetchone()[0])


def forget(of_import: int, accounts: list[int], posts: list[int]) -> None:
    """Remove accounts and posts the list made, which is given back now; the database lets nobody else, nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("select teams_forget(%s, %s, %s)", [of_import, accounts, posts])


def asks_second_factor(role: str) -> bool:
    return Role.objects.filter(pk=role, second_factor=True).exists()


def posts_now(now: datetime) -> QuerySet[Post]:
    """Posts in force."""
    return posts_open(now).filter(valid_from__lte=now)


def posts_open(now: datetime) -> QuerySet[Post]:
    """Posts in force and to come."""
    return Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=now))


def works_with_second_factor(account: Account, now: datetime) -> bool:
    """Say whether a role of the account asks for one; then a phone alone does not open it."""
    return posts_now(now).filter(account=account, role__second_factor=True).exists()


def in_my_areas(actor: Actor, roles: tuple[str, ...] = LEADERS) -> QuerySet[Reach]:
    """Everything inside the areas in which the actor holds one of the roles."""
    return Reach.objects.filter(ancestor_id__in=actor.areas_of(roles))


def people(actor: Actor, now: datetime) -> QuerySet[Account]:
    """Whom the team page lists: a leader's own area, for the administrators everybody."""
    everybody = Account.objects.filter(kind=AccountKind.PERSON).select_related("organisation")
    if actor.has(*EVERYWHERE):
        return everybody
    mine = posts_now(now).filter(
        account=OuterRef("pk"), area_id__in=in_my_areas(actor).values_list("descendant_id", flat=True)
    )
    return everybody.filter(Exists(mine))


def page_of(found: QuerySet[Account], *, text: str, after: str) -> list[Account]:
    """One page by name of account, and one more row to know whether there is another."""
    for word in text.split()[:4]:
        found = found.filter(Q(name__icontains=word) | Q(username__icontains=word))
    return list(found.filter(username__gt=after).order_by("username")[: PAGE + 1])


@dataclass(frozen=True)
class Held:
    """A post as it is shown: what, where or for whom, from when to when."""

    id: int
    account_id: int
    role: str
    label: str
    where: str
    area_id: int | None
    valid_from: datetime
    valid_to: datetime | None


def posts_of(accounts: list[Account], now: datetime, language: str) -> dict[int, list[Held]]:
    """The posts in force of each account."""
    posts = list(posts_now(now).filter(account__in=accounts).order_by("id"))
    areas = dict(Area.objects.filter(pk__in={p.area_id for p in posts}).values_list("id", "name"))
    units = dict(Organisation.objects.filter(pk__in={p.organisation_id for p in posts}).values_list("id", "name"))
    held: dict[int, list[Held]] = {account.pk: [] for account in accounts}
    for post in posts:
        where = areas.get(post.area_id or 0) or units.get(post.organisation_id or 0) or ""
        held[post.account_id].append(
            Held(
                post.pk, post.account_id, post.role_id, role_label(post.role_id, language), where, post.area_id,
                post.valid_from, post.valid_to,
            )
        )  # fmt: skip
    return held


def role_label(code: str, language: str) -> str:
    known = catalogue.roles().get(code)
    return known.entry.label.text(language) if known else code


def roles_to_give(actor: Actor, language: str) -> list[tuple[str, str]]:
    """Roles whose givers the actor is one of, in the order of the catalogue."""
    known = catalogue.roles().values()
    return [(r.code, r.entry.label.text(language)) for r in known if actor.has(*r.entry.granted_by)]


def areas_to_give(actor: Actor, text: str) -> list[Area]:
    """Areas a post may be given over: the grids of one's own area; for the security administrator all, by name."""
    areas = Area.objects.filter(valid_to__isnull=True).select_related("parent")
    if not actor.has("security_admin"):
        areas = areas.filter(pk__in=in_my_areas(actor).values_list("descendant_id", flat=True), level="grid")
    for word in text.split()[:4]:
        areas = areas.filter(Q(name__icontains=word) | Q(parent__name__icontains=word))
    return list(areas.order_by("parent_id", "sort_key", "id")[:MOST_AREAS])


def devices_of(accounts: list[Account]) -> dict[int, list[Device]]:
    """Phones the actor may see, bound or on offer, by account."""
    held: dict[int, list[Device]] = {account.pk: [] for account in accounts}
    for device in (
        Device.objects.filter(account__in=accounts).exclude(state=DeviceState.REVOKED).order_by("-offered_at")
    ):
        held[device.account_id].append(device)
    return held


def device_by_offer(digest: bytes) -> Device | None:
    """The phone whose offer this transaction holds."""
    return Device.objects.select_related("account", "area").filter(offer_digest=digest).first()


def device_by_secret(digest: bytes) -> Device | None:
    """The bound phone whose secret this transaction holds."""
    bound = Device.objects.select_related("account", "area").filter(secret_digest=digest, state=DeviceState.BOUND)
    return bound.first()


def my_devices(account_id: int) -> list[Device]:
    """One's own bound phones."""
    return list(Device.objects.filter(account_id=account_id, state=DeviceState.BOUND).order_by("-bound_at"))


def first_area(account: Account, now: datetime) -> int | None:
    """The area a new phone of the account belongs to: its first post's."""
    mine = posts_now(now).filter(account=account, area_id__isnull=False).order_by("id")
    return mine.values_list("area_id", flat=True).first()


def tries_of(device: Device) -> int:
    """Wrong PINs since the last good one, as they stand now."""
    return Device.objects.values_list("tries", flat=True).get(pk=device.pk)
