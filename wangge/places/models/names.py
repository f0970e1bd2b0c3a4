"""What a place is called, folded for searching, and the base map."""

from django.db import models

from wangge.places.models.areas import Area
from wangge.places.models.homes import Compound
from wangge.places.words import How, Kind


class BaseMap(models.Model):
    """A line or surface of our own base map: road, water, green."""

    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=80, default="")
    geometry = models.JSONField()


class Name(models.Model):
    """A public name, number or code by which a place is found, folded and in pinyin. Never of a person or a home.

    Written beside the place by the actions that write it (`places.queries.naming`). A building that has only its
    number is found through its compound.
    """

    kind = models.CharField(max_length=12, choices=Kind)
    place = models.BigIntegerField()
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False)
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="+", db_index=False)
    how = models.CharField(max_length=8, choices=How, default=How.NAME)
    text = models.CharField(max_length=160)
    folded = models.CharField(max_length=160)
    pinyin = models.CharField(max_length=400, default="")
    initials = models.CharField(max_length=160, default="")
    note = models.CharField(max_length=40, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "place", "folded"], name="places_name_once"),)
