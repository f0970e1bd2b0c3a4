"""Requests of people about their own data: which right, who asks, by which way, how it goes on, how it may end."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.core.states import Table
from wangge.people.words import Kept


class Right(models.TextChoices):
    """What somebody may ask for (PIPL Art. 15, 44-50)."""

    SEE = "see", _("See what is held")
    LOOKED = "looked", _("Know who looked")
    CORRECT = "correct", _("Put something right")
    WITHDRAW = "withdraw", _("Withdraw consent")
    DELETE = "delete", _("Have it deleted")
    COPY = "copy", _("Get a copy")
    EXPLAIN = "explain", _("Have it explained")


STATED = (Right.SEE, Right.LOOKED, Right.COPY, Right.EXPLAIN)
"""Rights for which what is held may be laid open."""


class Asker(models.TextChoices):
    """Who asks."""

    ONESELF = "oneself", _("The person")
    FAMILY = "family", _("Family, for the person")
    WORKER = "worker", _("Grid worker, as the person wished")
    SURVIVOR = "survivor", _("Close relative of somebody who has died")


PROXIES = (Asker.FAMILY, Asker.SURVIVOR)
"""Who has to say how they may speak for the person."""


class Way(models.TextChoices):
    """By which way it was asked, or the answer told."""

    DESK = "desk", _("At the community desk")
    DOOR = "door", _("At the door")
    PHONE = "phone", _("By telephone")
    PAPER = "paper", _("On paper")
    LINK = "link", _("By link")


class Identity(models.TextChoices):
    """How it is known that it is the person: nothing more is collected for it."""

    SEEN = "seen", _("Seen in person by a member of staff")
    LINK = "link", _("Link and code, handed over in person")


class State(models.TextChoices):
    """How far a request is."""

    RECEIVED = "received", pgettext_lazy("request", "Received")
    CHECKED = "checked", pgettext_lazy("request", "Identity checked")
    GRANTED = "granted", pgettext_lazy("request", "Granted")
    PARTLY = "partly", pgettext_lazy("request", "Partly granted")
    REFUSED = "refused", pgettext_lazy("request", "Refused")
    TOLD = "told", pgettext_lazy("request", "Told")
    TAKEN_BACK = "taken_back", pgettext_lazy("request", "Taken back")


MOVES = Table(
    "received",
    ("ask", "", "received"),
    ("check_identity", "received", "checked"),
    ("grant", "checked", "granted"),
    ("grant_partly", "checked", "partly"),
    ("refuse", "received | checked", "refused"),
    ("tell", "granted | partly | refused", "told"),
    ("take_back", "received | checked", "taken_back"),
)
OPEN = (State.RECEIVED, State.CHECKED)
ANSWERED = (State.GRANTED, State.PARTLY, State.REFUSED)
OVER = (State.TOLD, State.TAKEN_BACK)


class Outcome(models.TextChoices):
    """How a request was answered; it stays when the answer has been told."""

    GRANTED = "granted", _("Done as asked")
    PARTLY = "partly", _("Done in part")
    REFUSED = "refused", _("Not done")


VERBS = {Outcome.GRANTED: "grant", Outcome.PARTLY: "grant_partly", Outcome.REFUSED: "refuse"}

WITHDRAWABLE = (Kept.PHONE.value, Kept.DOCUMENT.value, "wishes")
"""What is held by consent alone: it is taken out the moment consent is withdrawn. A name is kept until deletion."""

FACTS = [*Kept.choices, ("wishes", _("How to be reached")), ("home", _("Home"))]
"""What a request may be about."""
