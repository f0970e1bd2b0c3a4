"""How communities are divided: drafts, micro-grids with their stairwells, and which grid a building was in."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from wangge.places.models.areas import Area
from wangge.places.models.changes import Change
from wangge.places.models.homes import Building
from wangge.places.words import DraftState, Wish


class MicroGrid(models.Model):
    """A micro-grid (微网格) of a general grid: what one round from door to door holds. `minutes` are of one round.

    `outline` is for the eye: the ground nearer to its stairwells than to others (WGS84, GeoJSON).
    """

    grid = models.ForeignKey(Area, models.PROTECT, related_name="micro_grids", db_index=False)
    number = models.CharField(max_length=24)
    households = models.IntegerField()
    minutes = models.IntegerField()
    tour_m = models.IntegerField()
    outline = models.JSONField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["grid", "number", "valid_from"], name="places_microgrid_once"),
            models.CheckConstraint(
                name="places_microgrid_ends_after_start",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return self.number


class MicroUnit(models.Model):
    """A stairwell in a micro-grid, or its floors from `low` to `high`; `order` is that of the round.

    A door that is registered later lies in the micro-grid of its stairwell.
    """

    micro = models.ForeignKey(MicroGrid, models.PROTECT, related_name="units")
    building = models.ForeignKey(Building, models.PROTECT, related_name="+")
    unit = models.CharField(max_length=12, default="")
    low = models.IntegerField(null=True)
    high = models.IntegerField(null=True)
    households = models.IntegerField()
    order = models.IntegerField()


class FormerGrid(models.Model):
    """Which grid a building lay in before the present one, from when to when."""

    building = models.ForeignKey(Building, models.PROTECT, related_name="former_grids")
    grid = models.ForeignKey(Area, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="places_formergrid_ends_after_start", condition=models.Q(valid_to__gt=models.F("valid_from"))
            ),
        )


class GridDraft(models.Model):
    """A division of one community under work (网格划分草案): counts of homes, no person.

    `units` are the columns as they were read, one row for each stairwell; `general` and `micro` say for each piece of
    `wangge.core.drafting` the keys of its grids, `steps` what was done so far, of which the first `at` hold. `along`
    are the layers along whose borders it was drawn, `names` are name and number, by key, of the grids that somebody
    named or numbered by hand; `rows` are the figures of all grids of both sides as they were counted when the draft
    was changed last.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    number = models.IntegerField()
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.DRAWING)
    wish = models.CharField(max_length=10, choices=Wish)
    limits = models.JSONField()
    note = models.CharField(max_length=400, default="")
    along = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    units = models.JSONField(default=dict)
    general = ArrayField(models.IntegerField(), default=list)
    micro = ArrayField(models.IntegerField(), default=list)
    locked = ArrayField(models.IntegerField(), default=list)
    names = models.JSONField(default=dict)
    rows = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    at = models.IntegerField(default=0)
    seconds = models.FloatField(null=True)
    trouble = models.CharField(max_length=400, default="")
    version = models.IntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    change = models.OneToOneField(Change, models.PROTECT, null=True, related_name="grid_draft")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "number"], name="places_griddraft_number"),
            models.CheckConstraint(name="places_griddraft_state", condition=models.Q(state__in=DraftState.values)),
        )
        indexes = (models.Index(fields=["state", "-changed_at"], name="places_griddraft_newest"),)

    def __str__(self) -> str:
        return f"{self.area_id}-{self.number}"

    @property
    def ledger_subject(self) -> str:
        return f"grid_draft:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id

    @property
    def held_steps(self) -> list[dict[str, Any]]:
        """The steps that hold: what was undone waits behind them until something else is done."""
        steps: list[dict[str, Any]] = self.steps
        return steps[: self.at]
