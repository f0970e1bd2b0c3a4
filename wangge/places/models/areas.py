"""Areas with explicit parents and validity dates, their names and codes, and the grids among them."""

from django.db import models

from wangge.places.words import GridKind, Level


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
    former_numbers = models.JSONField(default=list)
    token = models.CharField(max_length=16, unique=True)
    households = models.IntegerField(default=0)
    provisional = models.BooleanField(default=True)
    worker_name = models.CharField(max_length=40, default="")
    worker_phone = models.CharField(max_length=24, default="")
    hours = models.CharField(max_length=80, default="")
    card_valid_from = models.DateField(null=True)
