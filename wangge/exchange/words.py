"""States of an import, the table of moves, what rows and doubts are, and each rule as a sentence."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.core.cells import Rule
from wangge.core.states import Table


class State(models.TextChoices):
    """From the file to what became of it."""

    READING = "reading", _("Being read")
    READ = "read", _("To map")
    MAPPED = "mapped", _("Being checked")
    CHECKED = "checked", _("Doubts to decide")
    DECIDED = "decided", _("To confirm")
    COMMITTING = "committing", _("Being taken")
    COMMITTED = "committed", _("Taken")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    REFUSED = "refused", _("Given up")


MOVES = Table(
    "reading",
    ("upload", "", "reading"),
    ("finish_reading", "reading", "read"),
    ("map_columns", "read | checked | decided", "mapped"),
    ("finish_checking", "mapped", "checked"),
    ("decide", "checked | decided", "="),
    ("settle", "checked", "decided"),
    ("confirm", "decided", "committing"),
    ("finish_taking", "committing", "committed"),
    ("undo", "committed", "undoing"),
    ("finish_undoing", "undoing", "undone"),
    ("refuse", "reading | read | mapped | checked | decided", "refused"),
)
AT_WORK = frozenset({"reading", "mapped", "committing", "undoing"})
"""States in which the machine works and people wait."""

STEPS: tuple[tuple[str | Promise, str, frozenset[str]], ...] = (  # label, icon, states in which somebody stands there
    (_("Read the file"), "progress", frozenset({"reading"})),
    (_("Choose columns"), "list", frozenset({"read"})),
    (_("Check and decide"), "hand-stop", frozenset({"mapped", "checked"})),
    (_("Confirm and write"), "clipboard-check", frozenset({"decided", "committing"})),
    (_("Report of the import"), "circle-check", frozenset({"committed", "undoing", "undone"})),
)
LOOKS: dict[str, tuple[str, str]] = {  # state: (tone, icon)
    "reading": ("work", "progress"), "read": ("waiting", "list"), "mapped": ("work", "progress"),
    "checked": ("waiting", "hand-stop"), "decided": ("waiting", "clipboard-check"), "committing": ("work", "progress"),
    "committed": ("good", "circle-check"), "undoing": ("work", "progress"), "undone": ("none", "arrow-back-up"),
    "refused": ("none", "circle-x"),
}  # fmt: skip


class Fate(models.TextChoices):
    """What a row is, measured against what is there."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("Same as before")
    FAULTY = "faulty", _("Faulty")


class Outcome(models.TextChoices):
    """What became of a row."""

    WAITING = "", _("Waiting")
    TAKEN = "taken", _("Taken")
    MERGED = "merged", _("Joined with another")
    UNCHANGED = "unchanged", _("Nothing to change")
    LEFT_OUT = "left_out", _("Left out")
    FAILED = "failed", _("Could not be written")


class DoubtKind(models.TextChoices):
    """Why a person should look at a row."""

    SAME_ROW = "same_row", _("Probably the same as another row")
    SAME_RECORD = "same_record", _("Probably here already")
    OUTSIDE = "outside", _("Lies outside the county")
    FAR_FROM_TOWN = "far_from_town", _("Lies far from its town")
    SHARED_POINT = "shared_point", _("Shares its point with many")
    OTHER_NAME = "other_name", _("This code has another name here")
    ELSEWHERE = "elsewhere", _("Is registered at another door")


class Decision(models.TextChoices):
    """What a person says to a doubt."""

    OPEN = "", _("Open")
    SAME = "same", _("It is the same: join them")
    TAKE = "take", _("Take it as it is")
    OUT = "out", _("Leave it out")


LIKE = ("same_row", "same_record", "elsewhere")

RULES: dict[str, str | Promise] = {
    Rule.MISSING: _("Nothing is filled in, and this column is needed."),
    Rule.TOO_LONG: _("Longer than %(detail)s characters."),
    Rule.CONTROL: _("Holds a control character that cannot be seen. Type the cell anew."),
    Rule.BROKEN_CHARACTER: _("Holds a character that was broken on the way. Save the file as UTF-8 again."),
    Rule.FORMULA: _("Is a formula, not a value. Paste it as a value."),
    Rule.ERROR_VALUE: _("Is an error of the spreadsheet, such as #REF"),
    Rule.HASHES: _("Only # signs: the column was too narrow when it was copied."),
    Rule.NOT_NUMBER: _("Is no number."),
    Rule.NOT_WHOLE: _("Must be a whole number."),
    Rule.NOT_FINITE: _("Is no number that can be counted with (NaN, infinite)."),
    Rule.RANGE: _("Is a range; write one number."),
    Rule.ABOUT: _("Is an estimate in words; write one number."),
    Rule.SCIENTIFIC: _("The spreadsheet shortened the number (3.2E+11): its last digits are lost. Format it as text."),
    Rule.TOO_SMALL: _("Is smaller than %(detail)s."),
    Rule.TOO_LARGE: _("Is larger than %(detail)s."),
    Rule.NOT_DATE: _("Is no day of the calendar. Write it as 2026-03-01."),
    Rule.DATE_ORDER: _("Day and month cannot be told apart. Write the year first: 2026-03-01."),
    Rule.DATE_SERIAL: _("Is the spreadsheet's own number of a day. Format the column as a date."),
    Rule.DATE_1900: _("Is the spreadsheet's day zero: the cell was empty."),
    Rule.NOT_CODE: _("A code has digits only."),
    Rule.CODE_LENGTH: _("A code here has %(detail)s digits. Were zeros lost at its front?"),
    Rule.NOT_YES_NO: _("Write yes or no (是 or 否)."),
    Rule.NOT_IN_LIST: _("Not one of the words known here: %(detail)s"),
    Rule.PHONE: _("Is no telephone number of mainland China."),
    Rule.CREDIT_CODE: _("Is no unified social credit code."),
    "columns_more": _("The row has more cells than the header: is there a separator inside a text?"),
    "swapped": _("Longitude and latitude are swapped."),
    "not_degrees": _("Is no position on the earth in this coordinate system."),
    "half_place": _("Only one of the two coordinates is filled in."),
    "no_place": _("No coordinates: it cannot be drawn. It can still be joined with a place that is known."),
    "duplicate": _("The same as row %(detail)s of this file."),
    "duplicate_differs": _("Row %(detail)s of this file is the same thing with other values."),
    "geometry": _("The outline cannot be drawn: %(detail)s"),
    "failed": _("Could not be written: what it needs is gone, it stands there already, or it is not for you to give."),
}
"""Rules that any list can break; an importer adds those of its own."""

REASONS: dict[str, str | Promise] = {
    "same_name": _("same name"),
    "same_stem": _("both are %(value)s"),
    "part_of_name": _("both hold %(value)s"),
    "alike_name": _("names %(value)s alike"),
    "same_address": _("same address %(value)s"),
    "same_street": _("same street %(value)s"),
    "near": _("%(value)s m apart"),
    "far": _("but %(value)s m apart"),
    "same_town": _("same town %(value)s"),
    "other_town": _("but other town %(value)s"),
    "other_kind": _("but %(value)s"),
    "no_phase": _("only one names phase or block %(value)s"),
    "from_centre": _("%(value)s km from the middle of the county"),
    "from_town": _("%(value)s km from the middle of %(other)s"),
    "with_others": _("%(value)s other names on the same point"),
    "is_called": _("called %(value)s in the register"),
    "same_unit": _("same unit %(value)s"),
    "signs_in": _("signs in as %(value)s"),
    "same_door": _("behind the same door"),
    "same_phone": _("same telephone"),
    "other_door": _("same document; to join them means: has moved here"),
    "name_same": _("same name"),
    "name_dots": _("same name but for dots and blanks"),
    "name_traditional": _("same name but for traditional characters"),
    "name_order": _("same name in another order"),
    "name_homophone": _("names sound alike"),
    "name_pinyin": _("name in characters and in letters"),
    "name_near_sound": _("names sound much alike"),
}

TROUBLE: dict[str, str | Promise] = {  # why a whole file is refused
    "empty": _("The file is empty."),
    "binary": _("The file is no table we can read. Use XLSX, CSV or GeoJSON (an old .xls must be saved as .xlsx)."),
    "encoding": _("The text of the file cannot be read. Save it as CSV in UTF-8."),
    "quote": _("A quotation mark is opened and never closed (about row %(detail)s)."),
    "columns": _("The file has more than 200 columns."),
    "geojson": _("The file is JSON, but no GeoJSON with features."),
    "no_header": _("No header was found: the first row must name the columns."),
    "no_rows": _("Below the header the file has no rows."),
    "size": _("The file is too large: at most %(detail)s MB."),
    "unpacked": _("The file unpacks to more than 100 MB. Split it, or save it as CSV."),
    "ratio": _("The file is packed so tightly that it is no honest sheet. Save it as CSV."),
    "cells": _("The sheet claims more than 2 million cells. Delete empty rows and columns, or save it as CSV."),
    "zip": _("The file is damaged: it cannot be unpacked."),
    "time": _("The file took too long to read. Save it as CSV."),
    "memory": _("The file needs too much memory to read. Save it as CSV."),
    "secret_column": _(
        "The column %(detail)s looks like passwords. Passwords never travel in lists: take it out of the file and"
        " change them, since others may have read them."
    ),
    "gone": _("The uploaded file is no longer there. Upload it again."),
}
