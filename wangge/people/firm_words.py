"""What an organisation is to the community, whom to call there, what was held with a property firm."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FirmKind(models.TextChoices):
    """What an organisation is to the community."""

    PROPERTY = "property", _("Property firm")
    SHOP = "shop", _("Shop")
    FACTORY = "factory", _("Factory")
    SCHOOL = "school", _("School or nursery")
    OTHER = "other", pgettext_lazy("kind of organisation", "Other")


class ContactDuty(models.TextChoices):
    """What somebody of an organisation is called for."""

    MANAGER = "manager", pgettext_lazy("duty of a contact", "Manager")
    DUTY_DESK = "duty_desk", _("Duty desk")
    SAFETY = "safety", _("Safety")
    OTHER = "other", pgettext_lazy("duty of a contact", "Other")


class RecordKind(models.TextChoices):
    """What the community held with a property firm."""

    TRAINING = "training", _("Training")
    INSPECTION = "inspection", _("Inspection")


class RecordResult(models.TextChoices):
    """How it ended."""

    GOOD = "good", _("In order")
    TO_MEND = "to_mend", _("To be mended")
    MENDED = "mended", _("Mended")
