"""What a daily sheet says of a door, whose turn it is with a line, why one side says no, what became of it."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.core.daily_sheet import What
from wangge.core.states import Table


class LineKind(models.TextChoices):
    """What a property firm says of a door (物业日报)."""

    MOVED_IN = What.MOVED_IN.value, _("Moved in")
    LEFT = What.LEFT.value, pgettext_lazy("line of a daily sheet", "Moved out")
    UNREGISTERED = What.UNREGISTERED.value, _("Lived in, not registered")
    VACANT = What.VACANT.value, _("Vacant")


class LineState(models.TextChoices):
    """Whose turn it is with a line of a daily sheet."""

    WAITING = "waiting", _("To take over")
    TO_VISIT = "to_visit", _("Visit needed")
    SENT_BACK = "sent_back", _("Sent back to the firm")
    ANSWERED = "answered", _("Firm has answered")
    OBJECTED = "objected", _("Firm objects")
    TAKEN = "taken", _("Taken over")
    WITHDRAWN = "withdrawn", _("Withdrawn by the firm")


LINE_MOVES = Table(
    "waiting",
    ("hand_in", "", "waiting"),
    ("take", "waiting | to_visit | answered | objected", "taken"),
    ("need_visit", "waiting | answered | objected", "to_visit"),
    ("correct", "waiting | to_visit | answered | objected", "sent_back"),
    ("answer", "sent_back", "answered"),
    ("withdraw", "waiting | to_visit | sent_back | answered", "withdrawn"),
    ("object", "taken", "objected"),
)
FOR_THE_COMMUNITY = ("waiting", "answered", "objected", "to_visit")
FOR_THE_FIRM = ("sent_back",)
LINE_LOOKS: dict[str, tuple[str, str]] = {  # icon, tone
    "waiting": ("inbox", "waiting"), "to_visit": ("walk", "work"), "sent_back": ("arrow-back-up", "warn"),
    "answered": ("message-circle", "waiting"), "objected": ("alert-triangle", "warn"),
    "taken": ("circle-check", "good"), "withdrawn": ("x", "hold"),
}  # fmt: skip


class LineReason(models.TextChoices):
    """Why one side says that it is not so; further words are sealed."""

    NOT_LIVED_IN = "not_lived_in", _("Nobody lives there")
    STILL_THERE = "still_there", _("They still live there")
    OTHER_DOOR = "other_door", _("It is another door")
    OTHER_COUNT = "other_count", _("The number of people is different")
    OTHER = "other", pgettext_lazy("reason of a correction", "Something else")


class LineOutcome(models.TextChoices):
    """What the community wrote into the registry from a line."""

    HOUSEHOLD = "household", _("Household written down")
    LIVED_IN = "lived_in", _("Lived in, nobody named")
    LEFT = "left", _("Household moved away")
    VACANT = "vacant", pgettext_lazy("outcome of a line", "Dwelling vacant")
    KNOWN = "known", _("Was known already")
    NOTED = "noted", _("Door to be added to the register")


FITTING: dict[str, tuple[LineOutcome, ...]] = {  # what may become of which line
    "moved_in": (LineOutcome.HOUSEHOLD, LineOutcome.LIVED_IN, LineOutcome.KNOWN),
    "unregistered": (LineOutcome.HOUSEHOLD, LineOutcome.LIVED_IN, LineOutcome.KNOWN),
    "left": (LineOutcome.LEFT, LineOutcome.KNOWN),
    "vacant": (LineOutcome.VACANT, LineOutcome.LEFT, LineOutcome.KNOWN),
}


class LineField(models.TextChoices):
    """What a line may hold of a person; each is opened by itself, for a purpose."""

    NAME = "name", _("Name")
    PHONE = "phone", _("Telephone")


SHEET_FIELDS = {  # columns of a daily sheet, on the page and in the file
    "what": _("What changed at the door"),
    "building": _("Building"),
    "unit": _("Stairwell"),
    "room": pgettext_lazy("number of a door", "Room"),
    "people": _("How many people"),
    "tenure": _("Lives there as"),
    "agreed": _("The household lets you pass their name on"),
    "name": _("Name"),
    "phone": _("Telephone"),
}
SHEET_FAULTS: dict[str, str | Promise] = {  # own rules of a daily sheet; those of cells stand in exchange.words
    "no_column": _("The column “%(detail)s” is missing."),
    "no_building": _("This compound has no building “%(detail)s”."),
    "no_door": _("The register knows no such door. If somebody lives there, write it as “lived in, not registered”."),
    "twice": _("The same door stands in row %(detail)s too."),
    "not_agreed": _("A name or number only where the household agreed: write yes under “agreed”, or leave them empty."),
    "holds_number": _("Holds a number of a person. Take it out: it is not asked for here."),
    "no_letter": _("Write a name in letters, not only signs or digits."),
    "many": _("More than %(detail)s lines. Hand in one sheet for each compound and day."),
}
