"""Requests of people about their own data, and the links by which they see it.

A row lies where its person lies and goes along when grids are drawn anew (`rights.sql`). Sealed, bound to the row: whom
to look for, how a proxy may speak for the person, what is asked in one's own words, the answer. In clear stand codes,
dates and numbers only.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wangge.people.models.residents import Person
from wangge.people.models.rights_words import FACTS, MOVES, Asker, Identity, Outcome, Right, State, Way
from wangge.places.models import Area

SEALED = ("sought", "authority", "words", "reply")


class RightsRequest(models.Model):
    """One request, about a registered person or about somebody who has still to be found."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="requests", db_constraint=False)
    kind = models.CharField(max_length=12, choices=Right)
    field = models.CharField(max_length=12, choices=FACTS, default="", blank=True)
    asker = models.CharField(max_length=12, choices=Asker)
    way = models.CharField(max_length=8, choices=Way)
    paper = models.CharField(max_length=24, default="", blank=True)
    state = models.CharField(max_length=12, choices=State)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    identity = models.CharField(max_length=8, choices=Identity, default="", blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default="", blank=True)
    reason = models.CharField(max_length=80, default="", blank=True)
    law = models.CharField(max_length=40, default="", blank=True)
    article = models.CharField(max_length=8, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    told_by = models.CharField(max_length=8, choices=Way, default="", blank=True)
    sought = models.BinaryField(null=True)
    authority = models.BinaryField(null=True)
    words = models.BinaryField(null=True)
    reply = models.BinaryField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(name="people_request_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="people_request_about_somebody",
                condition=Q(person__isnull=False) | Q(sought__isnull=False) | ~Q(state__in=["received", "checked"]),
            ),
            models.CheckConstraint(
                name="people_request_refused_by_law", condition=~Q(outcome="refused") | ~Q(reason="") & ~Q(law="")
            ),
        )
        indexes = (
            models.Index(
                fields=["due_at", "id"], name="people_request_open", condition=Q(state__in=["received", "checked"])
            ),
            models.Index(fields=["area", "id"], name="people_request_area"),
        )

    @property
    def ledger_subject(self) -> str:
        return f"rights:{self.pk}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id

    @property
    def verbs(self) -> tuple[str, ...]:
        """What can be done with it in its state."""
        return MOVES.verbs(self.state)


class RightsLink(models.Model):
    """A link handed over to a person. `digest` is of what address and code make together, under a key outside."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="links", db_constraint=False)
    digest = models.BinaryField(unique=True)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    handed_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    used = models.SmallIntegerField(default=0)
    most = models.SmallIntegerField()

    class Meta:
        constraints = (
            models.CheckConstraint(name="people_link_not_used_up", condition=Q(used__gte=0) & Q(used__lte=F("most"))),
        )

    @property
    def ledger_subject(self) -> str:
        return f"person:{self.person_id}"

    @property
    def ledger_area(self) -> int | None:
        return self.area_id
