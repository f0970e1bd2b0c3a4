"""Compartments: one key each; destroy the key and what it sealed is gone."""

from django.db import models


class Compartment(models.Model):
    """A purpose compartment: the peacetime register of reporters' contacts, later each emergency of its own."""

    code = models.CharField(max_length=40, unique=True)
    key_id = models.CharField(max_length=32, unique=True)
    suite = models.CharField(max_length=8)
    opened_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="vault_compartment_suite", condition=models.Q(suite__in=["intl", "gm"])),
        )

    @property
    def ledger_subject(self) -> str:
        return f"compartment:{self.code}"

    @property
    def ledger_area(self) -> int | None:
        return None
