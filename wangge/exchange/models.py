"""Sources, imports with their rows and doubts, what each wrote, by which name a source knows a record; exports."""

from django.conf import settings
from django.db import models

from wangge.exchange.export_words import ALIVE, ExportState, Form, Purpose
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
    hints = models.JSONField(default=list)
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


class Export(models.Model):
    """A list that one person wants to take out and another, of another organisation, lets out; with what became of it.

    The facts of the request never change; who decided stands beside them. The row outlives the file.
    """

    mark = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=20)
    given = models.JSONField(default=dict)
    form = models.CharField(max_length=8, choices=Form)
    language = models.CharField(max_length=8)
    purpose = models.CharField(max_length=16, choices=Purpose)
    why = models.CharField(max_length=400)
    for_organisation = models.CharField(max_length=80)
    for_person = models.CharField(max_length=60)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    until = models.DateField()
    rows = models.IntegerField()
    sample = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=ExportState, default=ExportState.ASKED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    by_organisation = models.IntegerField()
    at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_organisation = models.IntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=400, default="")
    made_at = models.DateTimeField(null=True)
    made_rows = models.IntegerField(null=True)
    digest = models.CharField(max_length=64, default="")
    size = models.BigIntegerField(default=0)
    stored = models.CharField(max_length=40, default="")
    trouble = models.CharField(max_length=20, default="")
    downloads = models.IntegerField(default=0)
    downloaded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="exchange_export_state", condition=models.Q(state__in=ExportState.values)),
            models.CheckConstraint(
                name="exchange_export_by_two",
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("by")),
            ),
            models.CheckConstraint(
                name="exchange_export_of_two",
                condition=models.Q(decided_organisation__isnull=True)
                | ~models.Q(decided_organisation=models.F("by_organisation")),
            ),
            models.CheckConstraint(
                name="exchange_export_decided",
                condition=models.Q(state__in=["asked", "withdrawn", "expired"])
                | models.Q(decided_by__isnull=False, decided_organisation__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=["by", "-id"], name="exchange_export_by"),
            models.Index(fields=["-id"], condition=models.Q(state="asked"), name="exchange_export_asked"),
            models.Index(fields=["until"], condition=models.Q(state__in=ALIVE), name="exchange_export_until"),
            models.Index(fields=["digest"], condition=~models.Q(digest=""), name="exchange_export_digest"),
        )

    @property
    def ledger_subject(self) -> str:
        return f"export:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return None
