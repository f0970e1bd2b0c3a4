"""How departments divide the same ground (各部门网格), and who of each serves which grid of ours."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from wangge.places.models.areas import Area
from wangge.places.words import LayerState


class Layer(models.Model):
    """One department's division of a town or community, as it stood on a day; `source` says where that was written."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    organisation = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    as_of = models.DateField()
    source = models.CharField(max_length=160)
    state = models.CharField(max_length=8, choices=LayerState, default=LayerState.LAID)
    closed_on = models.DateField(null=True)
    digest = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(name="places_layer_state", condition=models.Q(state__in=LayerState.values)),
            models.UniqueConstraint(
                fields=["area", "organisation", "name"], name="places_layer_once", condition=models.Q(state="laid")
            ),
            models.CheckConstraint(
                name="places_layer_closed", condition=~models.Q(state="merged") | models.Q(closed_on__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} · {self.name}"

    @property
    def ledger_subject(self) -> str:
        return f"layer:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id


class LayerGrid(models.Model):
    """A grid of a layer: a post and a telephone of the office, never those of a person; the buildings it holds."""

    layer = models.ForeignKey(Layer, models.PROTECT, related_name="grids", db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80, default="")
    post = models.CharField(max_length=80, default="")
    phone = models.CharField(max_length=24, default="")
    outline = models.JSONField(null=True)
    buildings = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["layer", "code"], name="places_layergrid_once"),)

    def __str__(self) -> str:
        return self.name or self.code


class Serving(models.Model):
    """Who of a department serves a grid of ours, from when to when: as that department stated it."""

    layer = models.ForeignKey(Layer, models.PROTECT, related_name="servings")
    grid = models.ForeignKey(Area, models.PROTECT, related_name="servings", db_index=False)
    by = models.ForeignKey(LayerGrid, models.PROTECT, related_name="+")
    households = models.IntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["grid", "layer", "valid_from"], name="places_serving_once"),
            models.CheckConstraint(
                name="places_serving_ends_after_start",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
            ),
        )
