"""Organisations, their premises and contacts; property firms with the compounds they manage, records and staff.

An organisation is public in the house; whom to call is sealed. `area` says where a row lies and follows the place it
points to (`firms.sql`); of a firm it is where it was written down first.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wangge.people.firm_words import ContactDuty, FirmKind, RecordKind, RecordResult
from wangge.places.models import Area, Building, Compound


def ends_after_start(name: str) -> models.CheckConstraint:
    """What is over was over on its first day or later."""
    return models.CheckConstraint(name=name, condition=Q(until__isnull=True) | Q(until__gte=F("since")))


class Firm(models.Model):
    """An organisation, told apart by its unified social credit code (统一社会信用代码, GB 32100)."""

    name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=200, default="")
    uscc = models.CharField(max_length=18, unique=True)
    kind = models.CharField(max_length=12, choices=FirmKind)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = (models.CheckConstraint(name="people_firm_kind", condition=Q(kind__in=FirmKind.values)),)
        indexes = (models.Index(fields=["sort_key", "id"], name="people_firm_list"),)

    def __str__(self) -> str:
        return self.name

    @property
    def ledger_subject(self) -> str:
        return f"firm:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id


class Premises(models.Model):
    """Where an organisation is: a building and the rooms in it."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="premises")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    building = models.ForeignKey(Building, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    room = models.CharField(max_length=40, default="", blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = (ends_after_start("people_premises_ends"),)
        indexes = (
            models.Index(fields=["building"], name="people_premises_building"),
            models.Index(fields=["area"], name="people_premises_area"),
        )

    @property
    def ledger_subject(self) -> str:
        return f"premises:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id


class FirmContact(models.Model):
    """Somebody to call at an organisation. Sealed: `name`, `phone`; in clear stands only what they are called for."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="contacts")
    duty = models.CharField(max_length=12, choices=ContactDuty)
    name = models.BinaryField()
    phone = models.BinaryField()
    ended_on = models.DateField(null=True)

    @property
    def ledger_subject(self) -> str:
        return f"firm_contact:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.firm.area_id


class Managing(models.Model):
    """A property firm looking after a compound. `reminded` counts how often it was told that its sheet is missing."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="managing")
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="+", db_constraint=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    since = models.DateField()
    until = models.DateField(null=True)
    reminded = models.IntegerField(default=0)
    reminded_on = models.DateField(null=True)

    class Meta:
        constraints = (
            ends_after_start("people_managing_ends"),
            models.UniqueConstraint(
                fields=["compound"], condition=Q(until__isnull=True), name="people_managing_one_firm"
            ),
        )
        indexes = (models.Index(fields=["area"], name="people_managing_area"),)

    @property
    def ledger_subject(self) -> str:
        return f"managing:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id


class FirmRecord(models.Model):
    """A training or inspection that the community held with a firm; the note says nothing of a person."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="records")
    kind = models.CharField(max_length=12, choices=RecordKind)
    on = models.DateField()
    result = models.CharField(max_length=12, choices=RecordResult)
    note = models.CharField(max_length=200, default="", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    @property
    def ledger_subject(self) -> str:
        return f"firm:{self.firm_id}"

    @property
    def ledger_area(self) -> int | None:
        return self.firm.area_id


class FirmStaff(models.Model):
    """Whose account hands in sheets for a firm, from when to when; it works together with the post `property_staff`."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="staff")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            ends_after_start("people_firmstaff_ends"),
            models.UniqueConstraint(
                fields=["account", "firm"], condition=Q(until__isnull=True), name="people_firmstaff_once"
            ),
        )

    @property
    def ledger_subject(self) -> str:
        return f"account:{self.account_id}"

    @property
    def ledger_area(self) -> int | None:
        return self.firm.area_id
