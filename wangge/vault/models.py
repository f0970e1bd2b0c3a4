"""Compartments and the generations of their keys; destroy every key of one and what it sealed is gone."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint


class Compartment(models.Model):
    """A purpose compartment: the peacetime register of reporters' contacts, later each emergency of its own."""

    code = models.CharField(max_length=40, unique=True)
    opened_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    @property
    def ledger_subject(self) -> str:
        return f"compartment:{self.code}"

    @property
    def ledger_area(self) -> int | None:
        return None


class Generation(models.Model):
    """One key of a compartment. The newest seals and opens; those before it open only, until they are destroyed.

    In the order of its life: begun; retired, when the next one began to seal; emptied, when nothing registered is
    sealed with it any more; destroyed, not before `due_at`, so that backups of the time before can still be read.
    """

    compartment = models.ForeignKey(Compartment, models.PROTECT, related_name="generations")
    key_id = models.CharField(max_length=32, unique=True)
    suite = models.CharField(max_length=8)
    begun_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    horizon = models.BigIntegerField(null=True)  # transactions from this number on saw nothing left to seal anew
    emptied_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "vault_key"
        constraints = (
            CheckConstraint(name="vault_key_suite", condition=Q(suite__in=["intl", "gm"])),
            UniqueConstraint(fields=["compartment"], condition=Q(retired_at=None), name="vault_key_one_seals"),
        )


class Resealing(models.Model):
    """How far a table's values of a compartment have been sealed anew; each chunk moves it on in its transaction."""

    compartment = models.ForeignKey(Compartment, models.PROTECT, related_name="+")
    table = models.CharField(max_length=63)
    after = models.TextField(default="")  # the last key gone over in the present pass; empty: the pass begins
    rows = models.BigIntegerField(default=0)  # sealed anew since the rotation began
    unreadable = models.BigIntegerField(default=0)  # in the present pass: do not open with the key they name
    is_through = models.BooleanField(default=False)

    class Meta:
        db_table = "vault_resealing"
        constraints = (UniqueConstraint(fields=["compartment", "table"], name="vault_resealing_once"),)
