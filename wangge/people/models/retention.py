"""What went and why: runs with counts, holds that keep something for a while, certificates of what was removed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from wangge.catalogue.models import Version
from wangge.people.models.residents import Person
from wangge.people.words import HoldGround, RunState
from wangge.places.models import Area


class RetentionRun(models.Model):
    """One pass over everything that has an end, by the rules and the day it was asked for; dry, it only counts.

    `done` are the codes of the categories it has gone through. A run that was broken off goes on where it ended.
    """

    is_dry = models.BooleanField()
    day = models.DateField()
    state = models.CharField(max_length=10, choices=RunState, default=RunState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    done = models.JSONField(default=list)

    class Meta:
        constraints = (
            models.CheckConstraint(name="people_run_state", condition=Q(state__in=RunState.values)),
            models.UniqueConstraint(  # two at once would take the same rows
                fields=["is_dry"], condition=Q(finished_at__isnull=True), name="people_run_one_at_once"
            ),
        )

    @property
    def ledger_subject(self) -> str:
        return f"retention:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return None


class RetentionCount(models.Model):
    """How many of one category in one area a run removed, or would remove; `oldest` is the oldest day among them."""

    run = models.ForeignKey(RetentionRun, models.PROTECT, related_name="counts", db_index=False)
    category = models.CharField(max_length=40)
    rule = models.ForeignKey(Version, models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False)
    rows = models.IntegerField()
    oldest = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["run", "category", "rule", "area"], nulls_distinct=False, name="people_runcount_once"
            ),
        )


class RetentionHold(models.Model):
    """A category, or the rows of one person, that stay until a day for a lawful reason. Codes and a file number only.

    `reference` is the number of the court's, authority's or desk's file: no name and no story.
    """

    category = models.CharField(max_length=40, default="")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ground = models.CharField(max_length=12, choices=HoldGround)
    law = models.CharField(max_length=40)
    article = models.CharField(max_length=10, default="")
    reference = models.CharField(max_length=40)
    until = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="people_hold_of_one",
                condition=Q(category="", person__isnull=False) | ~Q(category="") & Q(person=None),
            ),
            models.CheckConstraint(name="people_hold_ground", condition=Q(ground__in=HoldGround.values)),
            models.CheckConstraint(
                name="people_hold_ended_by",
                condition=Q(ended_at__isnull=True, ended_by=None) | Q(ended_by__isnull=False),
            ),
        )
        indexes = (models.Index(fields=["until"], condition=Q(ended_at=None), name="people_hold_in_force"),)

    @property
    def ledger_subject(self) -> str:
        return f"hold:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return None


class RetentionCertificate(models.Model):
    """What one run removed, as it can be proved from the book: counts, digest of the removed keys, range of seals.

    `lines` are [category, version of the rule, area or null, rows]; `along` counts rows of other tables that went with
    them, by table. `backups_until` is the last day on which a backup made before may still hold the rows.
    """

    run = models.OneToOneField(RetentionRun, models.PROTECT, related_name="certificate")
    number = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    rows = models.IntegerField()
    along = models.JSONField(default=dict)
    entries = models.IntegerField()
    lines = models.JSONField()
    digest = models.CharField(max_length=64)
    first_seal = models.IntegerField()
    last_seal = models.IntegerField()
    seal_digest = models.CharField(max_length=64)
    backups_until = models.DateField()

    @property
    def ledger_subject(self) -> str:
        return f"certificate:{self.number}"

    @property
    def ledger_area(self) -> int | None:
        return None
