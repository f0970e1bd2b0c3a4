"""Areas with explicit parents and validity dates, grids, compounds, buildings, dwellings, addresses."""

from datetime import date

from django.conf import settings
from django.db import models

from wangge.core.areas import Deed
from wangge.places.words import ChangeKind, ChangeState, CompoundKind, GridKind, How, Kind, Level, PostsGo


class Area(models.Model):
    """A city, county, town, community or grid. The tree is never derived from a code.

    `parent` is where it lies today; of an ended area, which took it over. Only an approved change moves or ends one.
    """

    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    level = models.CharField(max_length=12, choices=Level)
    name = models.CharField(max_length=80)
    official = models.CharField(max_length=120, default="")
    sort_key = models.CharField(max_length=200, default="")
    duty_phone = models.CharField(max_length=24, default="")
    supervision_phone = models.CharField(max_length=24, default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    outline = models.JSONField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="places_area_level", condition=models.Q(level__in=Level.values)),
            models.CheckConstraint(
                name="places_area_ends_after_start",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
            ),
        )
        indexes = (models.Index(fields=["parent", "sort_key"], name="places_area_parent"),)

    def __str__(self) -> str:
        return self.name


class Belonging(models.Model):
    """Which area an area lay in, from when to when; `parent` of an area is where it lies today.

    Kept by triggers on the table of areas, so that figures can be asked by the tree in force on any day.
    """

    child = models.ForeignKey(Area, models.PROTECT, related_name="belongings")
    parent = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["child", "valid_from"], name="places_belonging_once"),
            models.CheckConstraint(
                name="places_belonging_ends_after_start",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
            ),
        )
        indexes = (models.Index(fields=["parent"], name="places_belonging_parent"),)


class FormerName(models.Model):
    """What an area was called before it was given its present name."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="former_names")
    name = models.CharField(max_length=80)
    official = models.CharField(max_length=120, default="")
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="places_formername_ends_after_start", condition=models.Q(valid_to__gt=models.F("valid_from"))
            ),
        )


class Change(models.Model):
    """A plan that changes the tree on a date (区划变更): drafted by one person, approved by another."""

    kind = models.CharField(max_length=8, choices=ChangeKind)
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.DRAFT)
    effective_on = models.DateField()
    late = models.BooleanField(default=False)
    basis = models.CharField(max_length=120)
    note = models.CharField(max_length=400, default="")
    posts = models.CharField(max_length=8, choices=PostsGo, default=PostsGo.END)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="places_change_state", condition=models.Q(state__in=ChangeState.values)),
            models.CheckConstraint(
                name="places_change_by_two",
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("drafted_by")),
            ),
            models.CheckConstraint(
                name="places_change_approved",
                condition=models.Q(state__in=["draft", "withdrawn"]) | models.Q(approved_by__isnull=False),
            ),
        )
        indexes = (models.Index(fields=["state", "effective_on"], name="places_change_due"),)

    def __str__(self) -> str:
        return f"{self.effective_on}-{self.pk}"

    @property
    def ledger_subject(self) -> str:
        return f"area_change:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return None

    def is_due(self, day: date) -> bool:
        return self.state == ChangeState.APPROVED and self.effective_on <= day


class ChangePart(models.Model):
    """What becomes of one area. A new area has no row of its own before the date: `key` stands for it (-1, -2, …)."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="parts")
    deed = models.CharField(max_length=8, choices=[(deed.value, deed.value) for deed in Deed])
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    key = models.SmallIntegerField(null=True)
    parent = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    parent_key = models.SmallIntegerField(null=True)
    origin = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    level = models.CharField(max_length=12, default="")
    name = models.CharField(max_length=80, default="")
    official = models.CharField(max_length=120, default="")
    scheme = models.CharField(max_length=24, default="")
    code = models.CharField(max_length=24, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="places_changepart_of_one",
                condition=models.Q(area__isnull=False) | models.Q(key__lt=0),
            ),
        )
        ordering = ("pk",)


class AreaCode(models.Model):
    """An official or local code of an area: an attribute with its scheme and year."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=24)
    year = models.IntegerField()
    code = models.CharField(max_length=24)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["scheme", "year", "code"], name="places_areacode_once"),)


class Grid(models.Model):
    """What makes an area of level grid a grid: its kind, its public card, where it came from."""

    area = models.OneToOneField(Area, models.PROTECT, primary_key=True, related_name="grid")
    kind = models.CharField(max_length=16, choices=GridKind, default=GridKind.GENERAL)
    number = models.CharField(max_length=24, unique=True)
    token = models.CharField(max_length=16, unique=True)
    households = models.IntegerField(default=0)
    provisional = models.BooleanField(default=True)
    worker_name = models.CharField(max_length=40, default="")
    worker_phone = models.CharField(max_length=24, default="")
    hours = models.CharField(max_length=80, default="")
    card_valid_from = models.DateField(null=True)


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

    compound = models.ForeignKey(Compound, models.PROTECT, null=True, related_name="buildings")
    grid = models.ForeignKey(Area, models.PROTECT, related_name="buildings")
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
    building = models.ForeignKey(Building, models.PROTECT, related_name="dwellings")
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
