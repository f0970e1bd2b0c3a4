"""States of a case, the table of moves, and what each verb is called, asks and may be done by (domain 3.1)."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.core.states import Table


class State(models.TextChoices):
    """The eighteen states of the closed loop."""

    REPORTED = "reported", _("To accept")
    VERIFYING = "verifying", _("To verify")
    ACCEPTED = "accepted", _("To dispatch")
    FILED = "filed", _("Filed, to dispatch")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    SELF_HANDLED = "self_handled", _("Handled on the spot")
    DISPATCHED = "dispatched", _("Dispatched")
    RETURNED = "returned", _("Returned")
    IN_PROGRESS = "in_progress", _("In progress")
    EXTENSION = "extension", _("Extension asked")
    SUSPENDED = "suspended", _("Suspended")
    HANDLED = "handled", _("To check")
    CHECKING = "checking", _("Checking")
    REWORK = "rework", _("Rework")
    REVISITING = "revisiting", _("Revisiting")
    CLOSED = "closed", pgettext_lazy("case state", "Closed")
    REOPENED = "reopened", _("Reopened")
    VOIDED = "voided", _("Voided")


AT_THE_CENTRE = "reported | verifying | accepted | filed | returned | reopened"
AT_WORK = "dispatched | in_progress | extension | suspended | handled | checking | rework"
OPEN = f"{AT_THE_CENTRE} | {AT_WORK} | revisiting"

MOVES = Table(
    "reported",
    ("report", "", "verifying"),
    ("register", "", "reported"),
    ("verify", "verifying", "reported"),
    ("verify_first", "reported", "verifying"),
    ("self_handle", "reported | verifying", "self_handled"),
    ("accept", "reported | verifying | reopened", "accepted"),
    ("not_accept", "reported | verifying", "not_accepted"),
    ("file_case", "accepted", "filed"),
    ("dispatch", "accepted | filed | returned | reopened", "dispatched"),
    ("start", "dispatched | rework", "in_progress"),
    ("return_case", "dispatched | in_progress", "returned"),
    ("ask_extension", "in_progress", "extension"),
    ("grant_extension", "extension", "in_progress"),
    ("refuse_extension", "extension", "in_progress"),
    ("suspend", "extension", "suspended"),
    ("resume", "suspended", "in_progress"),
    ("handle", "dispatched | in_progress | rework", "handled"),
    ("send_to_check", "handled", "checking"),
    ("pass_check", "handled | checking", "revisiting"),
    ("fail_check", "handled | checking", "rework"),
    ("rate_solved", "revisiting", "closed"),
    ("rate_partly", "revisiting", "reopened"),
    ("rate_unsolved", "revisiting", "reopened"),
    ("close_case", "revisiting", "closed"),
    ("reopen", "closed | self_handled", "reopened"),
    ("urge", "dispatched | in_progress | rework | handled | checking", "="),
    ("add_note", OPEN, "="),
    ("supplement", OPEN, "="),
    ("ask_void", AT_THE_CENTRE + " | dispatched | in_progress", "="),
    ("void", AT_THE_CENTRE + " | dispatched | in_progress", "voided"),
    ("take_back", "accepted | dispatched | not_accepted", "reported"),
)


class Source(models.TextChoices):
    """How the report came in."""

    QR = "qr", _("QR code")
    WEB = "web", _("Web page")
    PATROL = "patrol", _("Grid worker")
    PHONE = "phone", _("Telephone")
    PAPER = "paper", _("Paper or desk")
    PROXY = "proxy", _("Reported for somebody")


class Outcome(models.TextChoices):
    """What the grid worker found on site, or the resident says at the end."""

    EXISTS = "exists", _("It is there")
    NOT_EXISTS = "not_exists", _("Nothing to be seen")
    CANNOT_VERIFY = "cannot_verify", _("Cannot be verified")


class Decision(models.TextChoices):
    """What becomes of a case that a unit of its old area has in hand."""

    GOES_ON = "goes_on", _("The unit finishes it")
    REDISPATCHED = "redispatched", _("Another unit takes it over")


class Rating(models.TextChoices):
    """The resident's answer."""

    SOLVED = "solved", _("Solved")
    PARTLY = "partly", _("Partly solved")
    UNSOLVED = "unsolved", _("Not solved")


class Ask(StrEnum):
    """What a verb asks of the person who does it."""

    NOTE = "note"
    REASON = "reason"
    CATEGORY = "category"
    ORGANISATION = "organisation"
    OUTCOME = "outcome"
    UNTIL = "until"
    PHOTOS = "photos"


@dataclass(frozen=True)
class Verb:
    """One verb of the table: label, who may (roles over the case's area, or the handling unit), what it asks."""

    code: str
    label: str | Promise
    roles: tuple[str, ...]
    asks: tuple[Ask, ...] = ()
    required: tuple[Ask, ...] = ()
    key: str = ""
    told: str | Promise = ""

    @property
    def quick(self) -> bool:
        """Can be done with one key: nothing has to be filled in."""
        return not self.required


CENTRE = ("acceptor", "duty_chief")
FIELD = ("grid_worker", "secretary")
CHECKERS = ("checker", "grid_worker", "duty_chief")
EVERY_STAFF = ("grid_worker", "secretary", "town_staff", "acceptor", "dispatcher", "checker", "duty_chief", "handler")

VERBS: dict[str, Verb] = {
    verb.code: verb
    for verb in (
        Verb("report", _("Report"), ("resident",), told=_("We have your report.")),
        Verb("register", _("Register"), (*FIELD, "town_staff", *CENTRE), told=_("We have your report.")),
        Verb(
            "verify",
            _("Record what is there"),
            FIELD,
            (Ask.OUTCOME, Ask.NOTE, Ask.PHOTOS),
            (Ask.OUTCOME,),
            "KeyV",
            _("A grid worker has been to see it."),
        ),
        Verb(
            "verify_first", _("Verify first"), CENTRE, (Ask.NOTE,), (), "KeyV", _("A grid worker goes to see it first.")
        ),
        Verb(
            "self_handle",
            _("Solved on the spot"),
            FIELD,
            (Ask.NOTE, Ask.PHOTOS),
            (Ask.NOTE,),
            told=_("The grid worker solved it on the spot."),
        ),
        Verb(
            "accept",
            _("Accept"),
            CENTRE,
            (Ask.CATEGORY, Ask.NOTE),
            (Ask.CATEGORY,),
            "KeyA",
            _("Accepted: we now decide who does it."),
        ),
        Verb(
            "not_accept",
            _("Do not accept"),
            CENTRE,
            (Ask.REASON, Ask.NOTE),
            (Ask.REASON,),
            "KeyN",
            _("This is not ours to do."),
        ),
        Verb("file_case", _("File"), CENTRE, (Ask.CATEGORY,), ()),
        Verb(
            "dispatch",
            _("Dispatch"),
            ("dispatcher", "duty_chief"),
            (Ask.ORGANISATION, Ask.NOTE),
            (Ask.ORGANISATION,),
            "KeyG",
            _("It is settled who does it."),
        ),
        Verb("start", _("Start work"), ("handler",), (Ask.NOTE,), (), "KeyA", _("Work has begun.")),
        Verb(
            "return_case",
            _("Return: not ours"),
            ("handler",),
            (Ask.REASON, Ask.NOTE),
            (Ask.REASON,),
            "KeyN",
            _("Another unit will take it."),
        ),
        Verb(
            "ask_extension", _("Ask for more time"), ("handler",), (Ask.UNTIL, Ask.NOTE), (Ask.UNTIL, Ask.NOTE), "KeyE"
        ),
        Verb(
            "grant_extension",
            _("Grant more time"),
            ("duty_chief",),
            (Ask.UNTIL, Ask.NOTE),
            (Ask.UNTIL,),
            "KeyA",
            _("It takes longer than planned."),
        ),
        Verb("refuse_extension", _("Refuse more time"), ("duty_chief",), (Ask.NOTE,), (Ask.NOTE,)),
        Verb(
            "suspend",
            _("Suspend"),
            ("duty_chief",),
            (Ask.UNTIL, Ask.NOTE),
            (Ask.UNTIL, Ask.NOTE),
            "",
            _("It cannot be done now. We answer again by the date given."),
        ),
        Verb("resume", _("Resume"), ("handler", "duty_chief"), (Ask.NOTE,), (), "", _("Work goes on.")),
        Verb(
            "handle",
            _("Record as done"),
            ("handler",),
            (Ask.NOTE, Ask.PHOTOS),
            (Ask.NOTE,),
            "KeyF",
            _("The unit says it is done."),
        ),
        Verb(
            "send_to_check",
            _("Have it checked"),
            ("checker", "duty_chief"),
            (Ask.NOTE,),
            (),
            "KeyC",
            _("Somebody else goes to look."),
        ),
        Verb(
            "pass_check",
            _("Check passed"),
            CHECKERS,
            (Ask.NOTE, Ask.PHOTOS),
            (),
            "KeyA",
            _("Somebody else has been to look: it is done. Tell us what you think."),
        ),
        Verb(
            "fail_check",
            _("Check failed"),
            CHECKERS,
            (Ask.NOTE, Ask.PHOTOS),
            (Ask.NOTE,),
            "KeyN",
            _("Somebody else has been to look: it is not done yet."),
        ),
        Verb("rate_solved", _("Solved"), ("resident", "checker"), (Ask.NOTE,), (), "", _("Solved, says the reporter.")),
        Verb(
            "rate_partly",
            _("Partly solved"),
            ("resident", "checker"),
            (Ask.NOTE, Ask.PHOTOS),
            (Ask.NOTE,),
            "",
            _("Partly solved, says the reporter. We do it again."),
        ),
        Verb(
            "rate_unsolved",
            _("Not solved"),
            ("resident", "checker"),
            (Ask.NOTE, Ask.PHOTOS),
            (Ask.NOTE,),
            "",
            _("Not solved, says the reporter. We do it again."),
        ),
        Verb(
            "close_case",
            pgettext_lazy("verb", "Close"),
            ("checker", "duty_chief"),
            (Ask.REASON, Ask.NOTE),
            (Ask.REASON,),
            "KeyF",
            _("Finished."),
        ),
        Verb(
            "reopen",
            _("Reopen"),
            ("resident", "grid_worker", "checker", "duty_chief"),
            (Ask.REASON, Ask.NOTE, Ask.PHOTOS),
            (Ask.REASON, Ask.NOTE),
            "",
            _("Opened again."),
        ),
        Verb(
            "urge",
            _("Urge"),
            ("duty_chief", "checker", "town_staff"),
            (Ask.NOTE,),
            (),
            "KeyU",
            _("We have urged the unit."),
        ),
        Verb("add_note", _("Add a note"), EVERY_STAFF, (Ask.NOTE, Ask.PHOTOS), (Ask.NOTE,), "KeyR"),
        Verb(
            "supplement",
            _("Add a word"),
            ("resident",),
            (Ask.NOTE, Ask.PHOTOS),
            (Ask.NOTE,),
            "",
            _("You added something."),
        ),
        Verb("ask_void", _("Ask to void"), ("duty_chief", "checker"), (Ask.REASON, Ask.NOTE), (Ask.NOTE,)),
        Verb(
            "void", _("Void (second person)"), ("duty_chief", "checker"), (Ask.NOTE,), (), "", _("Taken off the list.")
        ),
        Verb("take_back", _("Undo"), ("acceptor", "dispatcher", "duty_chief"), (), (), "KeyZ", _("Taken back.")),
    )
}

ICONS: dict[str, tuple[str, str]] = {  # state: (tone, icon); the look is in tokens.css
    "reported": ("wait", "inbox"), "verifying": ("wait", "eye-search"), "accepted": ("wait", "route"),
    "filed": ("wait", "file-check"), "reopened": ("wait", "refresh"), "dispatched": ("work", "send"),
    "in_progress": ("work", "tool"), "rework": ("work", "rotate"), "handled": ("check", "clipboard-check"),
    "checking": ("check", "clipboard-search"), "revisiting": ("check", "message-star"),
    "closed": ("done", "circle-check"), "self_handled": ("done", "user-check"), "returned": ("hold", "arrow-back-up"),
    "suspended": ("hold", "player-pause"), "extension": ("hold", "clock-plus"), "not_accepted": ("off", "circle-x"),
    "voided": ("off", "ban"),
}  # fmt: skip

STEPS: tuple[tuple[str, str | Promise, str], ...] = (  # the seven named steps of the case page, and where they end
    ("report", _("Report"), "reported | verifying"),
    ("accept", _("Accept"), "accepted | filed | returned | reopened"),
    ("dispatch", _("Dispatch"), "dispatched"),
    ("handle", _("Handle"), "in_progress | extension | suspended | rework"),
    ("check", _("Check"), "handled | checking"),
    ("revisit", _("Revisit"), "revisiting"),
    ("close", pgettext_lazy("verb", "Close"), "closed | self_handled | not_accepted | voided"),
)

DESKS: dict[str, tuple[str | Promise, tuple[str, ...], tuple[str, ...]]] = {  # desk: label, states, roles
    "intake": (_("Intake desk"), ("reported", "verifying"), CENTRE),
    "dispatch": (_("Dispatch"), ("accepted", "filed", "returned", "reopened"), ("dispatcher", "duty_chief")),
    "unit": (_("My unit's cases"), ("dispatched", "in_progress", "rework", "extension", "suspended"), ("handler",)),
    "check": (_("Check and revisit"), ("handled", "checking", "revisiting"), ("checker", "duty_chief")),
    "chief": (_("To decide"), ("extension", "suspended", "returned"), ("duty_chief",)),
    "field": (_("On site"), ("verifying", "checking"), FIELD),
    "all": (_("All cases"), (), EVERY_STAFF),
}
