"""Accounts, organisations, and the devices of grid workers. Posts stand in `access`, which decides by them."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models

from wangge.places.models import Area
from wangge.teams.words import AccountKind, DeviceState, UnitKind


class Organisation(models.Model):
    """A department, town, community body or firm that takes cases; found by function and area."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, default="")
    sort_key = models.CharField(max_length=200, default="")
    functions = models.JSONField(default=list)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    phone = models.CharField(max_length=24, default="")
    kind = models.CharField(max_length=12, choices=UnitKind, default="", db_default="")
    uscc = models.CharField(max_length=18, default="", db_default="")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class Accounts(BaseUserManager["Account"]):
    """Finds accounts by their sign-in name."""


class Account(AbstractBaseUser):
    """One person, one account. Staff names are public inside the house; residents have none."""

    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=AccountKind, default=AccountKind.PERSON)
    is_active = models.BooleanField(default=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="accounts")
    email = models.EmailField(default="", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    objects = Accounts()

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str) -> bool:
        """Compare and no more: at the door nobody is anybody yet, so a hash of an older strength is not renewed there.

        It is renewed with the next password its owner chooses.
        """
        return check_password(raw_password, self.password)

    @property
    def ledger_subject(self) -> str:
        return f"account:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return None


class Device(models.Model):
    """A grid worker's phone, bound by the QR a secretary shows once. Its PIN is a screen lock, not a key."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="devices")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=DeviceState, default=DeviceState.OFFERED)
    offer_digest = models.BinaryField(unique=True)
    secret_digest = models.BinaryField(null=True, unique=True)
    pin = models.CharField(max_length=160, default="")
    tries = models.IntegerField(default=0)
    label = models.CharField(max_length=120, default="")
    offered_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    offer_ends_at = models.DateTimeField()
    bound_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    @property
    def ledger_subject(self) -> str:
        return f"device:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id
