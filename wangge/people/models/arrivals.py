"""Rows of a list of persons on their way into the registry: sealed already for the row each will be."""

from django.db import models

from wangge.exchange.models import Import
from wangge.people.models.residents import Person
from wangge.people.words import Fate, Relation, Tenure
from wangge.places.models import Area, Dwelling


class Arrival(models.Model):
    """A good row of a list.

    `id` is the person's to be, `home` the household's if the row is the first of its door and of `together`, a keyed
    digest of what the list calls the household. Where `record` names one who is known, the values are sealed for that
    one, and `fills` names what is new of them. Removed when the import ends, which is never removed itself: nothing is
    checked for every one of a million rows.
    """

    id = models.BigIntegerField(primary_key=True)
    of = models.ForeignKey(Import, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    number = models.IntegerField()
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    dwelling = models.ForeignKey(Dwelling, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    home = models.BigIntegerField()
    together = models.BinaryField(null=True)
    name = models.BinaryField()
    document = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    name_index = models.BinaryField()
    document_index = models.BinaryField(null=True)
    phone_index = models.BinaryField(null=True)
    tenure = models.CharField(max_length=12, choices=Tenure)
    relation = models.CharField(max_length=12, choices=Relation, default="", blank=True)
    since = models.DateField(null=True)
    fate = models.CharField(max_length=8, choices=Fate)
    record = models.ForeignKey(
        Person, models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    fills = models.CharField(max_length=40, default="", blank=True)
    moves = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["of", "number"], name="people_arrival_once"),
            models.CheckConstraint(name="people_arrival_fate", condition=models.Q(fate__in=Fate.values)),
        )
        indexes = (models.Index(fields=["of", "dwelling"], name="people_arrival_order"),)
