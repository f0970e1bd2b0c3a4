"""Daily sheets of property firms (物业日报) and their lines, each about a door; whose turn it is stands in `state`."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from wangge.people.models.firms import Firm
from wangge.people.sheet_words import LineKind, LineOutcome, LineReason, LineState
from wangge.people.words import Tenure
from wangge.places.models import Area, Building, Compound, Dwelling


class Sheet(models.Model):
    """What a firm said of one compound on one day; without a line it said that nothing is new."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="sheets", db_index=False)
    compound = models.ForeignKey(Compound, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    day = models.DateField()
    handed_in_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["compound", "firm", "day"], name="people_sheet_once"),)
        indexes = (models.Index(fields=["firm", "day"], name="people_sheet_day"),)

    @property
    def ledger_subject(self) -> str:
        return f"sheet:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id


class SheetLine(models.Model):
    """What the sheet says of one door: a dwelling, or a door of a house that the register does not know (`inside`).

    Sealed: `name` and `phone`, given only where the household agreed and taken away once the line is done; `said` and
    `answer`, what community and firm wrote to each other last.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="lines", db_index=False)
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    building = models.ForeignKey(Building, models.PROTECT, related_name="+", db_index=False)
    dwelling = models.ForeignKey(
        Dwelling, models.PROTECT, null=True, related_name="sheet_lines", db_index=False, db_constraint=False
    )
    inside = models.ForeignKey(
        Building, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    unit = models.CharField(max_length=12, default="", blank=True)
    room = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=LineKind)
    people = models.SmallIntegerField(null=True)
    tenure = models.CharField(max_length=12, choices=Tenure, default="", blank=True)
    name = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=LineState, default=LineState.WAITING)
    reason = models.CharField(max_length=12, choices=LineReason, default="", blank=True)
    said = models.BinaryField(null=True)
    answer = models.BinaryField(null=True)
    outcome = models.CharField(max_length=10, choices=LineOutcome, default="", blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="people_line_of_one_door", condition=Q(dwelling__isnull=True) ^ Q(inside__isnull=True)
            ),
            models.CheckConstraint(name="people_line_kind", condition=Q(kind__in=LineKind.values)),
            models.CheckConstraint(name="people_line_state", condition=Q(state__in=LineState.values)),
            models.CheckConstraint(name="people_line_taken_as_something", condition=~Q(state="taken") | ~Q(outcome="")),
        )
        indexes = (
            models.Index(fields=["sheet"], name="people_line_sheet"),
            models.Index(fields=["area", "state", "id"], name="people_line_inbox"),
            models.Index(fields=["firm", "state", "id"], name="people_line_firm"),
            models.Index(fields=["dwelling"], name="people_line_dwelling"),
            models.Index(fields=["inside"], name="people_line_inside", condition=Q(inside__isnull=False)),
        )

    @property
    def ledger_subject(self) -> str:
        return f"sheet_line:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id
