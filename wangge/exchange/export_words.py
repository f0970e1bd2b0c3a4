"""States of an export, the table of moves, for what a list may leave and how long, and what stands in each file."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.core.states import Table

Text = str | Promise


class ExportState(models.TextChoices):
    """From the request to a file that is gone."""

    ASKED = "asked", _("Waits for approval")
    APPROVED = "approved", _("Approved, being made")
    MADE = "made", _("Ready to fetch")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    FAILED = "failed", _("Could not be made")
    EXPIRED = "expired", _("Expired")
    DESTROYED = "destroyed", _("Destroyed")


EXPORT_MOVES = Table(
    "asked",
    ("ask", "", "asked"),
    ("approve", "asked", "approved"),
    ("refuse", "asked", "refused"),
    ("withdraw", "asked | approved", "withdrawn"),
    ("make", "approved", "made"),
    ("give_up", "approved", "failed"),
    ("download", "made", "="),
    ("destroy", "made", "destroyed"),
    ("expire", "asked | approved | made", "expired"),
)
ALIVE = ("asked", "approved", "made")

EXPORT_LOOKS: dict[str, tuple[str, str]] = {  # state: (tone, icon)
    "asked": ("waiting", "hand-stop"), "approved": ("work", "progress"), "made": ("good", "circle-check"),
    "refused": ("none", "circle-x"), "withdrawn": ("none", "arrow-back-up"), "failed": ("bad", "alert-circle"),
    "expired": ("none", "clock"), "destroyed": ("none", "trash"),
}  # fmt: skip


class Form(models.TextChoices):
    """As what the file is made."""

    XLSX = "xlsx", _("Workbook (XLSX)")
    CSV = "csv", _("CSV with a sheet of facts, packed (ZIP)")


class Purpose(models.TextChoices):
    """For what a list may leave; for anything else there is no export."""

    REPORT = "report", _("Report to the level above")
    UNIT = "unit", _("Work of a unit on its own matters")
    CHECK = "check", _("Inspection or audit")
    STATISTICS = "statistics", _("Statistics and evaluation")
    PUBLICATION = "publication", _("Publication of counts")
    REGISTER = "register", _("Comparing registers of places")
    EXERCISE = "exercise", _("Exercise or training")


LONGEST: dict[str, int] = {  # purpose: for how many days at most a file may be kept
    "report": 30, "unit": 14, "check": 60, "statistics": 60, "publication": 30, "register": 60, "exercise": 7,
}  # fmt: skip
MOST_ROWS = 100_000
SHORTEST_WHY = 10
SAMPLE = 5

DECIDERS = ("security_admin",)
"""Who decides. She keeps accounts, posts and keys, has a second factor, and gains nothing from any list: the duty chief
is one of those who ask, and the auditor cannot be judge in what he audits."""
OVERSEERS = ("security_admin", "auditor")
"""Who sees every export there is."""


@dataclass(frozen=True)
class Verb:
    """A button: what it says, how it looks, and what it tells when it is done."""

    code: str
    label: Text
    icon: str
    told: Text
    needs_words: bool = False


VERBS: dict[str, Verb] = {
    each.code: each
    for each in (
        Verb("approve", _("Approve"), "check", _("Approved. The file is being made.")),
        Verb("refuse", _("Refuse"), "circle-x", _("Refused. Nothing leaves."), needs_words=True),
        Verb("withdraw", _("Withdraw"), "arrow-back-up", _("Withdrawn. Nothing leaves.")),
        Verb("destroy", _("Destroy the file now"), "trash", _("The file is destroyed; what stands here stays.")),
    )
}

TROUBLE: dict[str, Text] = {  # why a file could not be made
    "may_not": _("Whoever asked may no longer see these rows."),
    "more_rows": _("There are more rows by now than were approved. Ask again."),
    "no_rows": _("There is no row left."),
}

NO_PERSON = _("No row holds a name of a person, a telephone number, an identity or words of a resident.")
LAW = _(
    "Whoever sells or provides personal information against the rules is punished by the Public Security"
    " Administration Punishments Law (Art. 56) with detention, and by the Criminal Law (Art. 253-1) where it is"
    " serious. Do not pass this on, do not join it with lists of persons, do not put it into chat groups."
)
INVENTED = _("DEMO: everything in here is invented.")
