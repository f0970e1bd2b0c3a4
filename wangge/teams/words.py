"""Kinds of account and of organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
