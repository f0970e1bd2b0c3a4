"""A grid worker's phone: offered by a QR shown once, bound, unlocked by a PIN, revoked in one click."""

import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.teams.models import Account, Device
from wangge.teams.queries import may_bind
from wangge.teams.rules import may_offer_device, may_revoke_device
from wangge.teams.words import DeviceState

OFFER_LASTS = timedelta(minutes=30)
MOST_TRIES = 5
PIN = re.compile(r"[0-9]{6}")


def digest(secret: str) -> bytes:
    """SHA-256 of a secret: the table keeps this, never the secret."""
    return hashlib.sha256(secret.encode()).digest()


@dataclass(frozen=True)
class Given:
    """A device and the secret that is shown or set once and never stored."""

    device: Device
    secret: str

    @property
    def ledger_subject(self) -> str:
        return self.device.ledger_subject

    @property
    def ledger_area(self) -> int | None:
        return self.device.area_id


def _anybody(_actor: Actor, *_given: object) -> str | None:
    return None


@action("device.offer", needs=may_offer_device)
def offer_device(account: Account, *, area_id: int, by: Actor, now: datetime) -> Given:
    """Make the QR a worker scans once, within half an hour."""
    if not may_bind(account.pk):
        raise Refused(_("Phones are bound for grid workers of your own area only."))
    secret = secrets.token_urlsafe(24)
    device = Device.objects.create(
        account=account, area_id=area_id, offer_digest=digest(secret), offered_by_id=by.account_id, offered_at=now,
        offer_ends_at=now + OFFER_LASTS,
    )  # fmt: skip
    note(account=account.pk)
    return Given(device, secret)


@action("device.bind", needs=_anybody)
def bind_device(device: Device, pin: str, *, label: str, by: Actor, now: datetime) -> Given:
    """Bind the phone that scanned the offer; the offer is used up. The PIN is a screen lock, not a key."""
    device = Device.objects.select_for_update(of=("self",)).select_related("account").get(pk=device.pk)
    if not device.account.is_active:
        raise Refused(_("This account is closed."))
    if device.state != DeviceState.OFFERED or now > device.offer_ends_at:
        raise Refused(_("This code was used or is too old. Ask your secretary for a new one."))
    check_pin(pin)
    secret = secrets.token_urlsafe(32)
    device.state, device.secret_digest, device.pin = DeviceState.BOUND, digest(secret), make_password(pin)
    device.bound_at, device.label, device.tries = now, label[:120], 0
    device.save()
    note(account=device.account_id)
    return Given(device, secret)


def check_pin(pin: str) -> None:
    """Six digits, not all the same and no plain run."""
    if not PIN.fullmatch(pin):
        raise Refused(_("The PIN has six digits."))
    if len(set(pin)) == 1 or pin in "01234567890" or pin in "09876543210":
        raise Refused(_("This PIN is too easy to guess. Choose another."))


def unlock_device(device: Device, pin: str) -> bool:
    """Does the PIN open the screen? Five wrong tries lock the phone until the secretary binds it again."""
    device = Device.objects.select_for_update(of=("self",)).select_related("account").get(pk=device.pk)
    if device.state != DeviceState.BOUND or device.tries >= MOST_TRIES or not device.account.is_active:
        return False
    good = check_password(pin, device.pin)
    device.tries = 0 if good else device.tries + 1
    device.save(update_fields=["tries"])
    return good


@action("device.revoke", needs=may_revoke_device)
def revoke_device(device: Device, *, by: Actor, now: datetime) -> Device:
    """Take the phone's access away at once: its sessions end with it, in the database."""
    device.state, device.revoked_at = DeviceState.REVOKED, now
    device.save(update_fields=["state", "revoked_at"])
    note(account=device.account_id)
    return device


def remove_offers(ids: Sequence[int], _newest: date) -> Mapping[str, int]:
    """Remove them."""
    Device.objects.filter(pk__in=ids, state=DeviceState.OFFERED).delete()
    return {}
