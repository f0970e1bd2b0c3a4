"""What a row says of a person, in normal form; every fault with its column and rule."""

import re
from datetime import date

from django.utils.functional import lazystr
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wangge.core.identifiers import BadIdentifier, DocumentKind, document, explain
from wangge.core.identifiers.mistakes import Reason
from wangge.core.labels import Language
from wangge.core.personal_names import Hint, explain_hint, hints, normal
from wangge.exchange.importer import Checked, Label
from wangge.places.imports.places import PLACE_RULES

NO_NAME = frozenset({Hint.EMPTY, Hint.PLACEHOLDER, Hint.DIGITS, Hint.SEVERAL, Hint.BROKEN, Hint.MARKS})
"""What cannot be a name in a list; the other hints are shown and hinder nothing."""
_SHORTENED = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+")


def _said(reason: Reason | Hint) -> Label:
    """The rule as a sentence in the language of the page."""

    class Said:
        def __str__(self) -> str:
            language: Language = "en" if (get_language() or "").startswith("en") else "zh-Hans"
            if isinstance(reason, Hint):
                return explain_hint(reason, language)
            return explain(BadIdentifier(reason, 1), language)

    return lazystr(Said())


RULES: dict[str, Label] = {
    **PLACE_RULES,
    "unknown_building": _("The compound has no building of this number. Bring in the buildings first."),
    "ambiguous_building": _("The compound has several buildings of this number."),
    "unknown_door": _("The building has no dwelling of this number. Bring in the dwellings first."),
    "not_yours": _("Lies outside your area: its own community brings in its residents."),
    **{f"name_{hint.value}": _said(hint) for hint in Hint},
    **{f"document_{reason.value}": _said(reason) for reason in Reason},
    "document_unknown": _("Is the number of no identity document known here. Say its kind in a column of its own."),
    "document_several": _("May be the number of several kinds of document. Say its kind in a column of its own."),
    "document_lost": _("The spreadsheet shortened the number (1.1E+17): its last digits are lost. Format it as text."),
    "kind_alone": _("The kind of a document is named, but no number."),
    "since_future": _("Lies in the future."),
    "known_otherwise": _("Another value is known already. It stays; correct it on the page of the person."),
}


def tell(one: Checked, *, today: date) -> None:
    """Bring name and document into their normal forms; the document as `kind:number`."""
    values = one.values
    if "name" in values:
        values["name"] = normal(values["name"])
        for hint in hints(values["name"]):
            said = one.fault if hint in NO_NAME else one.hint
            said("name", f"name_{hint.value}")
    if "document" in values:
        _document(one, today)
    elif "document_kind" in values and not any(fault["field"] == "document" for fault in one.faults):
        one.fault("document", "kind_alone")
    if (since := values.get("since")) and date.fromisoformat(since) > today:
        one.fault("since", "since_future")


def _document(one: Checked, today: date) -> None:
    """The number by its kind; without one the citizen's card is tried first, then the kind that alone fits."""
    typed, kind = one.values["document"], one.values.get("document_kind")
    if _SHORTENED.fullmatch(typed):
        one.fault("document", "document_lost")
        return
    try:
        first = DocumentKind(kind or DocumentKind.CITIZEN_ID)
        one.values["document"] = f"{first}:{document(first, typed, today=today)}"
    except BadIdentifier as wrong:
        found = [] if kind else _fitting(typed, today)
        if len(found) == 1:
            one.values["document"] = found[0]
        elif found:
            one.fault("document", "document_several")
        elif kind or 14 <= sum(char.isdigit() for char in typed) <= 20:
            one.fault("document", f"document_{wrong.reason.value}")
        else:
            one.fault("document", "document_unknown")


def _fitting(typed: str, today: date) -> list[str]:
    found = []
    for kind in DocumentKind:
        try:
            found.append(f"{kind}:{document(kind, typed, today=today)}")
        except BadIdentifier:
            continue
    return found
