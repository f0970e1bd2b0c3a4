"""Levels of the area tree and kinds of grid."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Five levels; a tree may leave some out."""

    CITY = "city", _("City")
    COUNTY = "county", _("County")
    TOWN = "town", _("Town")
    COMMUNITY = "community", _("Community")
    GRID = "grid", _("Grid")


class GridKind(models.TextChoices):
    """3+1 kinds of grid (GB/T 34300-2017; Chengdu 微网实格)."""

    TOTAL = "total_grid", _("Total grid")
    GENERAL = "general_grid", _("General grid")
    MICRO = "micro_grid", _("Micro-grid")
    DEDICATED = "dedicated_grid", _("Dedicated grid")


class CompoundKind(models.TextChoices):
    """What a compound looks like."""

    WALK_UP = "walk_up", _("Walk-up estate")
    TOWERS = "towers", _("Towers with lifts")
    OLD = "old", _("Old block")
    DORMITORY = "dormitory", _("Dormitory")
    VILLAGE = "village", _("Village or hamlet")


class Kind(models.TextChoices):
    """What can be found by a name."""

    AREA = "area", _("Area")
    GRID = "grid", _("Grid")
    COMPOUND = "compound", _("Compound")
    BUILDING = "building", _("Building")
    DWELLING = "dwelling", _("Dwelling")
    FEATURE = "feature", _("Road, water or public place")


class How(models.TextChoices):
    """What a name is to the place that has it."""

    NAME = "name", _("by its name")
    ALIAS = "alias", _("also called")
    SHORT = "short", _("called for short")
    FORMER = "former", _("was called")
    CODE = "code", _("official code")
    NUMBER = "number", _("grid number")
BANDS = {GridKind.GENERAL.value: (300, 500), GridKind.MICRO.value: (0, 100)}  # households a grid of the kind holds
