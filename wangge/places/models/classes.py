"""Classes of general grids by need, each set by somebody with a written reason; the one without an end holds."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wangge.catalogue.models import Version
from wangge.places.models.areas import Area


class GridClass(models.Model):
    """The class a general grid was given (重点、服务、联络网格), or with an empty `care` that it was taken away.

    `care` is a code of the catalogue and `version` its wording on that day. There is no class without such a row.
    """

    grid = models.ForeignKey(Area, models.PROTECT, related_name="classes", db_index=False)
    care = models.CharField(max_length=40, default="")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=400)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["grid"], condition=models.Q(until__isnull=True), name="places_gridclass_one"
            ),
            models.CheckConstraint(name="places_gridclass_reasoned", condition=Q(reason__regex=r"\S")),
            models.CheckConstraint(name="places_gridclass_worded", condition=Q(care="") ^ Q(version__isnull=False)),
            models.CheckConstraint(
                name="places_gridclass_ends_after_start", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
        )
        indexes = (models.Index(fields=["grid", "-since"], name="places_gridclass_history"),)

    def __str__(self) -> str:
        return f"{self.grid_id}: {self.care or '—'}"

    @property
    def ledger_subject(self) -> str:
        return f"grid:{self.grid_id}"

    @property
    def ledger_area(self) -> int | None:
        return self.grid_id
