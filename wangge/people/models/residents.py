"""Persons sealed field by field; households, and who lives in which, from when to when.

Each row carries the grid it lies in (`area`), which follows the dwelling when grids are drawn anew: the keys to the
place and to the area are one key of two columns (`residents.sql`). In clear stand only places, dates and codes: no
name, number, age, sex or masked form. `source` says who told, as `kind:number` (`words.Source`), `confirmed_on` when
it was told or confirmed last.
"""

from django.db import models
from django.db.models import F, Q

from wangge.people.words import Relation, Tenure, Use
from wangge.places.models import Area, Dwelling


class DwellingUse(models.Model):
    """What a dwelling was used for when somebody looked or asked last. No row: nobody has said yet."""

    dwelling = models.OneToOneField(Dwelling, models.PROTECT, primary_key=True, related_name="use", db_constraint=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    use = models.CharField(max_length=12, choices=Use)
    source = models.CharField(max_length=40)
    confirmed_on = models.DateField()

    class Meta:
        constraints = (models.CheckConstraint(name="people_use_known", condition=Q(use__in=Use.values)),)
        indexes = (models.Index(fields=["area", "confirmed_on"], name="people_use_fresh"),)

    @property
    def ledger_subject(self) -> str:
        return f"dwelling:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id


class Household(models.Model):
    """People who live together in a dwelling (户); a shared flat holds several."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    dwelling = models.ForeignKey(
        Dwelling, models.PROTECT, related_name="households", db_index=False, db_constraint=False
    )
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="people_household_ends_after_start",
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
            ),
        )
        indexes = (
            models.Index(fields=["dwelling"], name="people_household_dwelling"),
            models.Index(fields=["area"], name="people_household_area"),
        )

    @property
    def ledger_subject(self) -> str:
        return f"household:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id


class Person(models.Model):
    """A resident. `told` names source and date of the fields that were told apart from the rest.

    Sealed: `name`; `document` (kind and number); `phone`; `wishes` (how to be reached, as JSON). The indexes are blind:
    of the document and the phone within the registry, of the name within `community` only.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    home = models.ForeignKey(
        Household, models.PROTECT, null=True, related_name="persons", db_index=False, db_constraint=False
    )
    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    name = models.BinaryField()
    document = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    wishes = models.BinaryField(null=True)
    name_index = models.BinaryField()
    document_index = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True)
    source = models.CharField(max_length=40)
    confirmed_on = models.DateField()
    told = models.JSONField(default=dict)
    left_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="people_person_home_or_left", condition=Q(home__isnull=True) ^ Q(left_on=None)),
        )
        indexes = (
            models.Index(fields=["home"], name="people_person_home"),
            models.Index(fields=["name_index"], name="people_person_name"),
            models.Index(fields=["document_index"], name="people_person_document"),
            models.Index(fields=["phone_index"], name="people_person_phone"),
            models.Index(fields=["left_on"], name="people_person_left", condition=Q(left_on__isnull=False)),
            models.Index(fields=["area"], name="people_person_area"),
        )

    @property
    def ledger_subject(self) -> str:
        return f"person:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id


class Occupancy(models.Model):
    """Somebody living in a household's dwelling (人房关联): by what right, from when to when, as who said."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="occupancies", db_index=False)
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="occupancies", db_index=False, db_constraint=False
    )
    tenure = models.CharField(max_length=12, choices=Tenure)
    relation = models.CharField(max_length=12, choices=Relation, default="", blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    source = models.CharField(max_length=40)
    confirmed_on = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(name="people_occupancy_tenure", condition=Q(tenure__in=Tenure.values)),
            models.CheckConstraint(
                name="people_occupancy_ends_after_start",
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                fields=["person", "household"], condition=Q(until__isnull=True), name="people_occupancy_once"
            ),
        )
        indexes = (
            models.Index(fields=["household"], name="people_occupancy_household"),
            models.Index(fields=["person"], name="people_occupancy_person"),
        )
