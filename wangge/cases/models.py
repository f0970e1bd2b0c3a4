"""Cases: what somebody told us, and what became of it."""

from typing import Any

from django.db import models

from wangge.cases.words import MOVES, OPEN, VERBS, Decision, Outcome, Rating, Source, State
from wangge.catalogue.models import Version
from wangge.files.models import File
from wangge.places.models import Area, Building, Change, Compound
from wangge.teams.models import Account, Organisation

WAITS = models.Q(state__in=OPEN.split(" | "))
COUNTED = ("state", "urgent", "stage_at", "done_at")
READ_BY_RULE = ("area", "lead", "number", "tracking_digest", "code_digest")  # by row-level security, in every count


class Case(models.Model):
    """One matter reported for handling. Seen by the teams of its area, its handling unit and who holds its token."""

    number = models.CharField(max_length=20)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="+", db_index=False)
    building = models.ForeignKey(Building, models.PROTECT, null=True, related_name="+", db_index=False)
    place = models.CharField(max_length=200)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    text = models.TextField()
    source = models.CharField(max_length=12, choices=Source)
    urgent = models.BooleanField(default=False)
    category = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+", db_index=False)
    category_code = models.CharField(max_length=60, default="")
    state = models.CharField(max_length=16, choices=State)
    reported_at = models.DateTimeField()
    stage_at = models.DateTimeField()
    due_at = models.DateTimeField()
    clock = models.CharField(max_length=16)
    handle_due_at = models.DateTimeField(null=True)
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    dispatched_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)
    done_at = models.DateTimeField(null=True)
    verification = models.CharField(max_length=16, choices=Outcome, default="")
    rating = models.CharField(max_length=12, choices=Rating, default="")
    returns = models.IntegerField(default=0)
    reworks = models.IntegerField(default=0)
    reopens = models.IntegerField(default=0)
    void_asked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)
    tracking_digest = models.BinaryField(unique=True)
    code_digest = models.BinaryField()
    anonymous = models.BooleanField(default=True)
    language = models.CharField(max_length=8, default="zh-hans")
    changed_xid = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["number"], name="cases_case_number"),
            models.CheckConstraint(name="cases_case_state_known", condition=models.Q(state__in=State.values)),
            models.CheckConstraint(
                name="cases_case_at_work_has_unit",
                condition=~models.Q(state__in=["dispatched", "in_progress", "rework", "handled", "checking"])
                | models.Q(lead__isnull=False),
            ),
            models.CheckConstraint(
                name="cases_case_accepted_has_category",
                condition=models.Q(
                    state__in=["reported", "verifying", "not_accepted", "self_handled", "voided", "reopened"]
                )
                | models.Q(category__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=["area", "state", "due_at", "id"], name="cases_area_state_due"),
            models.Index(fields=["state", "due_at", "id"], name="cases_state_due"),
            models.Index(fields=["lead", "state", "due_at", "id"], name="cases_lead_state_due"),
            models.Index(
                fields=["due_at", "id"], name="cases_open_due", condition=WAITS, include=[*COUNTED, *READ_BY_RULE]
            ),
            models.Index(fields=["-reported_at", "-id"], name="cases_open_new", condition=WAITS),
            models.Index(fields=["-reported_at", "-id"], name="cases_reported"),
            models.Index(fields=["-reported_at", "-id"], name="cases_urgent", condition=models.Q(urgent=True)),
            models.Index(fields=["category_code", "-reported_at", "-id"], name="cases_category"),
            models.Index(fields=["source", "-reported_at", "-id"], name="cases_source"),
            models.Index(fields=["building", "-reported_at"], name="cases_building"),
            models.Index(fields=["changed_xid"], name="cases_changed"),
            models.Index(fields=["done_at"], name="cases_done", condition=models.Q(done_at__isnull=False)),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def ledger_subject(self) -> str:
        return f"case:{self.number}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id

    @property
    def verbs(self) -> tuple[str, ...]:
        """Verbs the table has open in the present state, for whoever may do them."""
        return MOVES.verbs(self.state)


def verbs() -> list[tuple[str, Any]]:
    """The verbs with their labels; a new one needs no migration."""
    return [(code, verb.label) for code, verb in VERBS.items()]


class Step(models.Model):
    """One move of a case, with what was said about it: the timeline."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", db_index=False)
    verb = models.CharField(max_length=20, choices=verbs)
    origin = models.CharField(max_length=16)
    target = models.CharField(max_length=16)
    at = models.DateTimeField()
    actor = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=40, default="")
    note = models.TextField(default="")
    told = models.BooleanField(default=False)
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["case", "at", "id"], name="cases_step_case"),
            models.Index(fields=["actor", "at"], name="cases_step_actor"),
            models.Index(fields=["at"], name="cases_step_asked", condition=models.Q(verb="pass_check")),
        )


class Photo(models.Model):
    """A photo of a case, and with which step it came."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="photos")
    step = models.ForeignKey(Step, models.PROTECT, related_name="photos")
    file = models.OneToOneField(File, models.PROTECT, related_name="+")
    order = models.IntegerField(default=0)


class Contact(models.Model):
    """How to reach the reporter, sealed; in a compartment of its own and never shown to the handling unit."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="contact")
    compartment = models.CharField(max_length=40)
    phone = models.BinaryField()
    phone_index = models.BinaryField()
    original = models.BinaryField(null=True)

    class Meta:
        indexes = (models.Index(fields=["phone_index"], name="cases_contact_phone"),)


class FormerArea(models.Model):
    """The grid a case lay in before a grid plan laid its place into another; figures of the days before stay there."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="former_areas", db_index=False)
    origin = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    until = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "until"], name="cases_formerarea_once"),)
        indexes = (models.Index(fields=["origin"], name="cases_formerarea_origin"),)


class Handover(models.Model):
    """The list by which one area hands its open cases to another, frozen the moment a change took effect.

    The old area signs it off, the new one acknowledges; the old one keeps the list and loses sight of the cases.
    """

    change = models.ForeignKey(Change, models.PROTECT, related_name="handovers")
    origin = models.ForeignKey(Area, models.PROTECT, related_name="+")
    target = models.ForeignKey(Area, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    signed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["change", "origin", "target"], name="cases_handover_once"),
            models.CheckConstraint(
                name="cases_handover_signed_first",
                condition=models.Q(acknowledged_by__isnull=True) | models.Q(signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="cases_handover_by_two",
                condition=models.Q(acknowledged_by__isnull=True) | ~models.Q(acknowledged_by=models.F("signed_by")),
            ),
        )

    @property
    def ledger_subject(self) -> str:
        return f"handover:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.target_id


class HandoverItem(models.Model):
    """One open case as it stood when it was handed over: numbers, places and clocks, no words and no person."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    where = models.CharField(max_length=200)
    urgent = models.BooleanField(default=False)
    category_code = models.CharField(max_length=60, default="")
    state = models.CharField(max_length=16, choices=State)
    stage_at = models.DateTimeField()
    due_at = models.DateTimeField()
    clock = models.CharField(max_length=16)
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    theirs = models.BooleanField(default=False)
    decision = models.CharField(max_length=12, choices=Decision, default="")
    new_lead = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["handover", "case"], name="cases_handoveritem_once"),)

    @property
    def ledger_subject(self) -> str:
        return f"case:{self.number}"

    @property
    def ledger_area(self) -> int | None:
        return self.handover.target_id
