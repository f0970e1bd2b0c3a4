"""The care register (特殊困难群体): who needs what help, who looks after it. By need, never by suspicion; no diagnosis.

A row exists only while there is a basis for it, and goes with it: nobody's past needs are kept. Who sees it, the
database decides (`care.sql`). What the need is lies sealed with the row, as long as every other one, so that neither a
copy of the database nor the length of a value tells it; in clear stand dates, the kind of basis and the accounts of the
carers (docs/decisions/0006-needs-sealed.md).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wangge.people.models.residents import Person
from wangge.people.words import Basis, Consent
from wangge.places.models import Area


class CareNeed(models.Model):
    """One need of one person.

    Sealed: `need` (code, version, days between visits), `note` (how to help), `grounds` (who heard the consent, or why
    it is urgent) and carers without an account (name, telephone).

    `ends_on` is the last day it is kept unless it is confirmed, or unless consent follows where it rests on urgency.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="needs", db_index=False, db_constraint=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    need = models.BinaryField()
    note = models.BinaryField(null=True)
    basis = models.CharField(max_length=8, choices=Basis)
    consent = models.CharField(max_length=10, choices=Consent, default="", blank=True)
    consent_on = models.DateField(null=True)
    grounds = models.BinaryField()
    carer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    carer_outside = models.BinaryField(null=True)
    deputy_outside = models.BinaryField(null=True)
    source = models.CharField(max_length=40)
    opened_on = models.DateField()
    confirmed_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="people_careneed_has_basis",
                condition=Q(basis=Basis.CONSENT, consent__in=Consent.values, consent_on__isnull=False)
                | Q(basis=Basis.URGENT, consent="", consent_on=None),
            ),
            models.CheckConstraint(
                name="people_careneed_has_carer", condition=Q(carer__isnull=False) ^ Q(carer_outside__isnull=False)
            ),
            models.CheckConstraint(
                name="people_careneed_two_hands",
                condition=Q(deputy__isnull=True)
                | (Q(deputy_outside__isnull=True) & (Q(carer__isnull=True) | ~Q(deputy=F("carer")))),
            ),
        )
        indexes = (
            models.Index(fields=["area", "ends_on"], name="people_careneed_area"),
            models.Index(fields=["person"], name="people_careneed_person"),
        )

    @property
    def ledger_subject(self) -> str:
        return f"care:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id

    @property
    def has_deputy(self) -> bool:
        return self.deputy_id is not None or self.deputy_outside is not None


class CareCount(models.Model):
    """How many needs of a kind a grid has, as they were counted last; without a number there are one to four."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    code = models.CharField(max_length=40)
    number = models.IntegerField(null=True)
    counted_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area", "code"], name="people_carecount_once"),
            models.CheckConstraint(
                name="people_carecount_held_back", condition=Q(number__isnull=True) | Q(number__gte=5)
            ),
        )
