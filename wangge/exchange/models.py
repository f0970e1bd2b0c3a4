"""Sources, imports, their rows and doubts, what each import wrote, and by which name a source knows a record."""

from django.conf import settings
from django.db import models

from wangge.exchange.words import Decision, DoubtKind, Fate, Outcome, State


class Source(models.Model):
    """Where lists come from, and how its sheets were mapped last time, by kind of list."""

    name = models.CharField(max_length=60, unique=True)
    memory = models.JSONField(default=dict)

    @property
    def ledger_subject(self) -> str:
        return f"source:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return None


class Import(models.Model):
    """One file on its way into the register."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="imports")
    kind = models.CharField(max_length=20)
    role = models.CharField(max_length=32)
    state = models.CharField(max_length=12, choices=State, default=State.READING)
    file_name = models.CharField(max_length=120)
    stored = models.CharField(max_length=40, unique=True)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    head = models.JSONField(default=dict)
    chosen = models.JSONField(default=dict)
    rows = models.IntegerField(default=0)
    rank = models.SmallIntegerField(default=0)
    position = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    trouble = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="exchange_import_state", condition=models.Q(state__in=State.values)),
        )
        indexes = (models.Index(fields=["digest"], name="exchange_import_digest"),)

    @property
    def ledger_subject(self) -> str:
        return f"import:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return None


class Row(models.Model):
    """One row of the file: as it stood there, as it was understood, what is wrong with it, what became of it."""

    of = models.ForeignKey(Import, models.PROTECT, related_name="lines")
    number = models.IntegerField()
    rank = models.SmallIntegerField(default=0)
    cells = models.JSONField()
    values = models.JSONField()
    faults = models.JSONField(default=list)
    key = models.CharField(max_length=240, default="")
    digest = models.CharField(max_length=32, default="")
    fate = models.CharField(max_length=8, choices=Fate)
    record = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["of", "number"], name="exchange_row_once"),
            models.CheckConstraint(name="exchange_row_fate", condition=models.Q(fate__in=Fate.values)),
        )
        indexes = (
            models.Index(fields=["of", "key"], name="exchange_row_key"),
            models.Index(fields=["of", "rank", "number"], name="exchange_row_order"),
            models.Index(
                fields=["of", "number"], condition=models.Q(fate="faulty"), name="exchange_row_faulty"
            ),
        )  # fmt: skip


class Doubt(models.Model):
    """A proposal that a person decides: probably the same as another, or where it cannot be."""

    of = models.ForeignKey(Import, models.PROTECT, related_name="doubts")
    number = models.IntegerField()
    kind = models.CharField(max_length=14, choices=DoubtKind)
    other_row = models.IntegerField(null=True)
    other_record = models.BigIntegerField(null=True)
    name = models.CharField(max_length=120)
    other_name = models.CharField(max_length=120, default="")
    score = models.FloatField(default=0)
    reasons = models.JSONField(default=list)
    decision = models.CharField(max_length=4, choices=Decision, default=Decision.OPEN, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["of", "decision", "id"], name="exchange_doubt_list"),
            models.Index(fields=["of", "number"], name="exchange_doubt_row"),
        )


class Change(models.Model):
    """What an import wrote: a record it made, or changed from what stood there before. Undo goes by it."""

    of = models.ForeignKey(Import, models.PROTECT, related_name="changes")
    number = models.IntegerField()
    table = models.CharField(max_length=40)
    record = models.BigIntegerField()
    made = models.BooleanField()
    before = models.JSONField(null=True)
    digest = models.CharField(max_length=32)
    undone = models.CharField(max_length=16, default="")

    class Meta:
        indexes = (
            models.Index(fields=["table", "record"], name="exchange_change_record"),
            models.Index(fields=["of", "-id"], condition=models.Q(undone=""), name="exchange_change_of"),
            models.Index(fields=["of", "number"], name="exchange_change_row"),
        )


class Known(models.Model):
    """By which key a source knows a record, and the digest of what it last said of it."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=240)
    record = models.BigIntegerField()
    digest = models.CharField(max_length=32)
    of = models.ForeignKey(Import, models.PROTECT, related_name="+")
    before = models.JSONField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "kind", "key"], name="exchange_known_once"),)
        indexes = (models.Index(fields=["of"], name="exchange_known_of"),)
