"""Kinds of account and of organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

SIGN_IN_NAME = r"\A[a-z0-9][a-z0-9._-]{2,39}\Z"
SIGN_IN_NAME_RULE = _("3 to 40 small letters, digits, dots or dashes.")


class AccountKind(models.TextChoices):
    """Persons, and the two accounts that are none."""

    PERSON = "person", _("Person")
    SYSTEM = "system", _("The system itself")
    PUBLIC = "public", _("Residents at the door")


class DeviceState(models.TextChoices):
    """From the secretary's QR to the end of a device."""

    OFFERED = "offered", _("Offered")
    BOUND = "bound", _("Bound")
    REVOKED = "revoked", _("Revoked")


class UnitKind(models.TextChoices):
    """What an organisation is."""

    DEPARTMENT = "department", _("Department")
    TOWN = "town", _("Town office")
    COMMUNITY = "community", _("Community body")
    PUBLIC = "public", _("Public institution")
    FIRM = "firm", _("Firm")
    SOCIETY = "society", _("Society")
