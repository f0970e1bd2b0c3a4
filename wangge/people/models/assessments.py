"""Impact assessments and what came of looks that stood out: written once, kept for three years at least."""

from django.db import models
from django.db.models import F, Q

from wangge.people.words import Conclusion, Outcome


class Assessment(models.Model):
    """What a purpose does to people, weighed before it begins (PIPL Art. 55, 56). The texts are about work only.

    `account` and `role` say who did it in which post. `review_by` is the last day on which it still counts, unless a
    later review says another.
    """

    title = models.CharField(max_length=120)
    purposes = models.JSONField()
    done_on = models.DateField()
    account = models.IntegerField()
    role = models.CharField(max_length=40)
    risks = models.TextField(max_length=1000)
    measures = models.TextField(max_length=1000)
    conclusion = models.CharField(max_length=12, choices=Conclusion)
    review_by = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(name="people_assessment_concluded", condition=Q(conclusion__in=Conclusion.values)),
            models.CheckConstraint(name="people_assessment_reviewed_later", condition=Q(review_by__gt=F("done_on"))),
        )

    @property
    def ledger_subject(self) -> str:
        return f"assessment:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return None


class AssessmentReview(models.Model):
    """Somebody looked at an assessment again: what holds now, and until when."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="reviews")
    done_on = models.DateField()
    account = models.IntegerField()
    role = models.CharField(max_length=40)
    conclusion = models.CharField(max_length=12, choices=Conclusion)
    note = models.TextField(max_length=1000)
    review_by = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(name="people_review_concluded", condition=Q(conclusion__in=Conclusion.values)),
            models.CheckConstraint(name="people_review_reviewed_later", condition=Q(review_by__gt=F("done_on"))),
        )


class LookReview(models.Model):
    """What the looks of one account on one day were about, as the security administrator found; `note` is sealed.

    `signs` are the codes of what stood out (`core.looking.Sign`). Another review of the same day is another row.
    """

    account = models.IntegerField()
    day = models.DateField()
    signs = models.JSONField()
    outcome = models.CharField(max_length=12, choices=Outcome)
    note = models.BinaryField(null=True)
    by = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(name="people_look_outcome", condition=Q(outcome__in=Outcome.values)),)
        indexes = (models.Index(fields=["day", "account"], name="people_look_day"),)

    @property
    def ledger_subject(self) -> str:
        return f"look-review:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return None
