"""Levels of the area tree, kinds of grid, and the moves of a plan that changes the tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wangge.core.states import Table


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


class ChangeKind(models.TextChoices):
    """What a plan does to the tree (区划变更)."""

    RENAME = "rename", _("Give a new name")
    MOVE = "move", _("Move to another area")
    MERGE = "merge", _("Merge")
    SPLIT = "split", _("Split")
    OPEN = "open", _("Begin a new area")
    END = "end", _("End an area")
    DIVIDE = "divide", _("Divide into grids anew")


class ChangeState(models.TextChoices):
    """From the draft to the midnight on which it takes effect."""

    DRAFT = "draft", _("To approve")
    APPROVED = "approved", _("Approved, takes effect on its date")
    IN_FORCE = "in_force", _("In force")
    WITHDRAWN = "withdrawn", _("Withdrawn")


DEEDS = {"open": _("begins"), "rename": _("gets a new name"), "move": _("moves"), "end": _("ends")}


GRID_DEEDS = {**DEEDS, "rename": _("goes on with other houses")}  # of a plan that divides a community


class PostsGo(models.TextChoices):
    """What becomes of the posts at an area that ends."""

    END = "end", _("they end that midnight")
    FOLLOW = "follow", _("they go over to the area that takes over")


CHANGES = Table(
    "draft",
    ("draft_change", "", "draft"),
    ("approve_change", "draft", "approved"),
    ("withdraw_change", "draft | approved", "withdrawn"),
    ("take_effect", "approved", "in_force"),
)
PENDING = ("draft", "approved")


class DraftState(models.TextChoices):
    """A division under work (网格划分草案), from the job that draws it to the plan that two persons approve."""

    DRAWING = "drawing", _("Being drawn")
    FAILED = "failed", _("Could not be drawn")
    OPEN = "open", _("Open")
    SUBMITTED = "submitted", _("Sent for approval")
    DISCARDED = "discarded", _("Discarded")


class Wish(models.TextChoices):
    """What a draft begins with."""

    ANEW = "anew", _("Draw all grids anew")
    REPAIR = "repair", _("Mend only what is out of its limits")
    KEEP = "keep", _("Take the grids in force and change them by hand")


class Premises(models.TextChoices):
    """What a dedicated grid is (专属网格): a place without homes that its manager looks after."""

    TOWER = "tower", _("Office tower")
    PARK = "park", _("Business park")
    GREEN = "green", _("Public park")
    MARKET = "market", _("Market")
    SCHOOL = "school", _("School")
    WORKS = "works", _("Works")
    OTHER = "other", _("Other premises")


DRAFTS = Table(
    "drawing",
    ("drawn_grids", "drawing", "open"),
    ("fail", "drawing", "failed"),
    ("draw_again", "failed | open", "drawing"),
    ("submit", "open", "submitted"),
    ("take_back", "submitted", "open"),
    ("discard", "open | failed", "discarded"),
)


class LayerState(models.TextChoices):
    """A department's division, from the day it is laid over ours until who serves which grid is stated."""

    LAID = "laid", _("Laid over the grids")
    MERGED = "merged", _("Merged into the grids")
    TAKEN = "taken", _("Taken away")


LAYERS = Table(
    "laid",
    ("lay_layer", "", "laid"),
    ("adopt_layer", "laid | merged", "merged"),
    ("take_layer_away", "laid", "taken"),
)
