"""Plans that change the tree of areas on a date."""

from datetime import date

from django.conf import settings
from django.db import models

from wangge.core.areas import Deed
from wangge.places.models.areas import Area
from wangge.places.words import ChangeKind, ChangeState, PostsGo


class Change(models.Model):
    """A plan that changes the tree on a date (区划变更): drafted by one person, approved by another."""

    kind = models.CharField(max_length=8, choices=ChangeKind)
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.DRAFT)
    effective_on = models.DateField()
    late = models.BooleanField(default=False)
    basis = models.CharField(max_length=120)
    note = models.CharField(max_length=400, default="")
    posts = models.CharField(max_length=8, choices=PostsGo, default=PostsGo.END)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="places_change_state", condition=models.Q(state__in=ChangeState.values)),
            models.CheckConstraint(
                name="places_change_by_two",
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("drafted_by")),
            ),
            models.CheckConstraint(
                name="places_change_approved",
                condition=models.Q(state__in=["draft", "withdrawn"]) | models.Q(approved_by__isnull=False),
            ),
        )
        indexes = (models.Index(fields=["state", "effective_on"], name="places_change_due"),)

    def __str__(self) -> str:
        return f"{self.effective_on}-{self.pk}"

    @property
    def ledger_subject(self) -> str:
        return f"area_change:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return None

    def is_due(self, day: date) -> bool:
        return self.state == ChangeState.APPROVED and self.effective_on <= day


class ChangePart(models.Model):
    """What becomes of one area. A new area has no row of its own before the date: `key` stands for it (-1, -2, …)."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="parts")
    deed = models.CharField(max_length=8, choices=[(deed.value, deed.value) for deed in Deed])
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    key = models.SmallIntegerField(null=True)
    parent = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    parent_key = models.SmallIntegerField(null=True)
    origin = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    level = models.CharField(max_length=12, default="")
    name = models.CharField(max_length=80, default="")
    official = models.CharField(max_length=120, default="")
    scheme = models.CharField(max_length=24, default="")
    code = models.CharField(max_length=24, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="places_changepart_of_one", condition=models.Q(area__isnull=False) | models.Q(key__lt=0)
            ),
        )
        ordering = ("pk",)
