"""Counts of days, and what has changed since they were made. All of it can be made again from the cases."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from wangge.places.models import Area


class CountedDay(models.Model):
    """A local day up to today: when it begins and ends, and whether its counts stand in the table of counts.

    Triggers note what changes in a day from the moment its row is there; it is counted once every transaction of
    before that moment (`xid`) has ended, so that no late one is passed over.
    """

    day = models.DateField(primary_key=True)
    begins_at = models.DateTimeField(unique=True)
    ends_at = models.DateTimeField()
    xid = models.BigIntegerField(default=0)
    ready = models.BooleanField(default=False)


class DayCount(models.Model):
    """Counts of one day and one area: of what lies in the area itself, or whole, with all below it that day.

    `dispatch` and `close` hold the minutes each case took. No counts of persons, no names.
    """

    day = models.DateField()
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    whole = models.BooleanField()
    reports = models.IntegerField(default=0)
    voided = models.IntegerField(default=0)
    duplicates = models.IntegerField(default=0)
    closed = models.IntegerField(default=0)
    asked = models.IntegerField(default=0)
    answered = models.IntegerField(default=0)
    solved = models.IntegerField(default=0)
    dispatch = ArrayField(models.IntegerField(), default=list)
    close = ArrayField(models.IntegerField(), default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "whole", "day"], name="insight_daycount_once"),)
        indexes = (models.Index(fields=["day"], name="insight_daycount_day"),)


class Mark(models.Model):
    """Something changed in a counted day of an area; noted by triggers, one row for each change."""

    day = models.DateField()
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
