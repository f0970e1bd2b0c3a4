"""Two entries that are one person: who was joined to whom, what was moved, what they held before; who are two.

`gone` is a number nobody bears any more: it leads to who stays. What an entry held lies beside the merge, sealed as it
was for the person's own row, until its time is over: so long the merge can be taken back.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wangge.people.models.residents import Person
from wangge.people.words import TwoNumbers
from wangge.places.models import Area


class Merge(models.Model):
    """One merge. `kept` is who stays now, `into` who stayed then: another one when that entry was joined to a third.

    `moved` names the rows that went over, by table, `changed` what else was done to homes: numbers, codes and dates.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges", db_index=False, db_constraint=False)
    into = models.BigIntegerField()
    gone = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    numbers = models.CharField(max_length=12, choices=TwoNumbers, default="", blank=True)
    moved = models.JSONField(default=dict)
    changed = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="people_merge_once"),
            models.CheckConstraint(name="people_merge_of_two", condition=~Q(gone=F("into"))),
            models.CheckConstraint(
                name="people_merge_undone_by",
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=["kept"], name="people_merge_kept"),
            models.Index(fields=["area"], name="people_merge_area"),
        )

    @property
    def ledger_subject(self) -> str:
        return f"person:{self.kept_id}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id


class MergedPerson(models.Model):
    """What one of the two held before: of who went everything, of who stays only what another value took the place of.

    Sealed: `name`, `document`, `phone`, `wishes`, each for the row of `person` in the registry.
    """

    merge = models.ForeignKey(Merge, models.PROTECT, related_name="persons", db_index=False, db_constraint=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.BigIntegerField()
    name = models.BinaryField(null=True)
    document = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    wishes = models.BinaryField(null=True)
    source = models.CharField(max_length=40)
    confirmed_on = models.DateField()
    told = models.JSONField(default=dict)
    home = models.BigIntegerField(null=True)
    lay_in = models.BigIntegerField()
    community = models.BigIntegerField()
    left_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["merge", "person"], name="people_merged_once"),)


class Apart(models.Model):
    """Somebody looked and said: two people. The pair is not proposed again until that is taken back."""

    first = models.BigIntegerField()
    second = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="people_apart_once"),
            models.CheckConstraint(name="people_apart_in_order", condition=Q(first__lt=F("second"))),
        )
        indexes = (models.Index(fields=["second"], name="people_apart_second"),)
