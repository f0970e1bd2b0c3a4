"""Records nobody has a reason to open, and what was raised by whoever did, or by looks that stand out."""

from django.db import models
from django.db.models import Q

from wangge.core.looking import Sign
from wangge.people.models.residents import Person
from wangge.places.models import Area


class Canary(models.Model):
    """An invented person who looks like somebody who has moved away (金丝雀). Which ones they are stands only here.

    `ended_at` says that it is kept no longer: retention takes it like everybody who has left.
    """

    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    made_by = models.IntegerField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    @property
    def ledger_subject(self) -> str:
        return f"canary:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return None


class Alarm(models.Model):
    """A sign in the looks of an account on a day, told once; what came of it is a `LookReview` written later."""

    account = models.IntegerField()
    role = models.CharField(max_length=40)
    day = models.DateField()
    sign = models.CharField(max_length=20)
    raised_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(name="people_alarm_sign", condition=Q(sign__in=[sign.value for sign in Sign])),
            models.UniqueConstraint(fields=["account", "day", "sign"], name="people_alarm_once"),
        )
        indexes = (models.Index(fields=["day"], name="people_alarm_day"),)
