"""Compounds, buildings, dwellings, and the addresses by which people find them."""

from django.db import models

from wangge.places.models.areas import Area
from wangge.places.words import CompoundKind


class Compound(models.Model):
    """A residential estate or hamlet (小区、自然村)."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="compounds")
    name = models.CharField(max_length=80)
    sort_key = models.CharField(max_length=200, default="")
    kind = models.CharField(max_length=12, choices=CompoundKind)
    token = models.CharField(max_length=16, unique=True)
    lon = models.FloatField()
    lat = models.FloatField()


class Building(models.Model):
    """A building with its footprint (WGS84, GeoJSON coordinates) and the token on its door plate.

    `estimated` names what nobody counted (floors, homes, outline): it was worked out by the rule of core.storeys.
    """

    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="buildings", db_index=False)
    grid = models.ForeignKey(Area, models.PROTECT, related_name="buildings", db_index=False)
    name = models.CharField(max_length=40)
    order = models.IntegerField(default=0)
    token = models.CharField(max_length=16, unique=True)
    floors = models.IntegerField()
    lift = models.BooleanField(default=False)
    lon = models.FloatField()
    lat = models.FloatField()
    footprint = models.JSONField()
    units = models.IntegerField(null=True)
    homes = models.IntegerField(null=True)
    estimated = models.CharField(max_length=40, default="", db_default="")

    class Meta:
        indexes = (
            models.Index(fields=["grid"], name="places_building_grid"),
            models.Index(fields=["compound", "order"], name="places_building_compound"),
        )


class Dwelling(models.Model):
    """The smallest addressable set of rooms. Area-scoped: only the grid's own team sees the list of doors."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="dwellings")
    building = models.ForeignKey(Building, models.PROTECT, related_name="dwellings", db_index=False)
    unit = models.CharField(max_length=12, default="")
    floor = models.IntegerField()
    room = models.CharField(max_length=12)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["building", "unit", "room"], name="places_dwelling_once"),)


class Address(models.Model):
    """A name by which people find a building or compound: standard or alias, with its source and years."""

    building = models.ForeignKey(Building, models.PROTECT, null=True, related_name="addresses")
    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="addresses")
    text = models.CharField(max_length=160)
    standard = models.BooleanField(default=True)
    source = models.CharField(max_length=40, default="")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="places_address_of_one",
                condition=models.Q(building__isnull=False) ^ models.Q(compound__isnull=False),
            ),
        )
