"""Dedicated grids: premises that their manager looks after, as a plan begins them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from wangge.places.models.areas import Area
from wangge.places.models.changes import Change
from wangge.places.words import Premises


class Dedicated(models.Model):
    """A dedicated grid (专属网格): an office tower, a park, a market, run by its manager.

    `grid` is empty until the plan takes effect. `manager` and `phone` are public, of a firm or body; the database keeps
    them on the grid's public card. `unit` is the id of the manager's organisation, where it is one of the house.
    """

    change = models.OneToOneField(Change, models.PROTECT, related_name="dedicated")
    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    grid = models.OneToOneField(Area, models.PROTECT, null=True, related_name="dedicated")
    sort = models.CharField(max_length=8, choices=Premises)
    number = models.CharField(max_length=24)
    buildings = ArrayField(models.BigIntegerField(), default=list)
    outline = models.JSONField()
    manager = models.CharField(max_length=40, default="")
    phone = models.CharField(max_length=24, default="")
    unit = models.IntegerField(null=True)
    managed_since = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(name="places_dedicated_sort", condition=models.Q(sort__in=Premises.values)),
        )
        indexes = (models.Index(fields=["community", "number"], name="places_dedicated_numbers"),)

    def __str__(self) -> str:
        return self.number

    @property
    def ledger_subject(self) -> str:
        return f"area_change:{self.change_id}" if self.grid_id is None else f"grid:{self.grid_id}"

    @property
    def ledger_area(self) -> int | None:
        return self.grid_id or self.community_id
