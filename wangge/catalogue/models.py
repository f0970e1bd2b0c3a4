"""Versions of catalogue entries: written once, never changed, so that a running case keeps its own."""

from typing import ClassVar

from django.db import models

from wangge.catalogue.words import Kind


class Version(models.Model):
    """One wording of one entry. The newest number of a code is the one in force."""

    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    code = models.CharField(max_length=160)
    number = models.PositiveIntegerField()
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "code", "number"], name="version_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in Kind]), name="version_kind_known"
            ),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="version_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code} {self.number}"
