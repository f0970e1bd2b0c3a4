"""Years the calendars know, and the days in them that are not what their weekday says."""

from typing import ClassVar

from django.db import models


class Year(models.Model):
    """A year is known once its row is here; without the row every clock that runs into it stops loudly."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    status = models.CharField(max_length=12, choices=[("official", "official"), ("provisional", "provisional")])
    source_zh = models.CharField(max_length=200)
    source_en = models.CharField(max_length=300)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(status__in=["official", "provisional"]), name="year_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} ({self.status})"


class Day(models.Model):
    """A day off (holiday), or a Saturday or Sunday on which people work (workday)."""

    date = models.DateField(primary_key=True)
    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="days")
    kind = models.CharField(max_length=8, choices=[("holiday", "holiday"), ("workday", "workday")])
    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=["holiday", "workday"]), name="day_kind_known"),
            models.CheckConstraint(condition=models.Q(date__year=models.F("year_id")), name="day_in_its_year"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"
