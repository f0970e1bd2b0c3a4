"""What somebody chooses who joins two entries: which of two different values stays, which home, and what for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wangge.people.actions import Choice
from wangge.people.models import Person
from wangge.people.queries.comparing import Compared
from wangge.people.words import TwoNumbers
from wangge.web.homes.forms import PurposeForm

KEPT, GONE = "kept", "gone"
SIDES = ((KEPT, _("the first")), (GONE, _("the second")))


class MergeForm(PurposeForm):
    """One question for each field that both told differently; what was told last is chosen beforehand."""

    task = None  # type: ignore[assignment] # two entries are compared for the registry, not for a matter

    def __init__(
        self, *args: Any, fields: Sequence[Compared], kept: Person, gone: Person, labels: dict[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = [one for one in fields if one.is_asked]
        for one in asked:
            self.fields[f"of_{one.field}"] = _choice(
                labels[one.field], GONE if one.is_newer else KEPT, one.kept.masked, one.gone.masked
            )
        if any(one.are_two_numbers for one in fields):
            self.fields["numbers"] = forms.ChoiceField(
                label=_("Why are two document numbers one person?"), choices=TwoNumbers, widget=forms.RadioSelect
            )
        if kept.home and gone.home and kept.home.dwelling_id != gone.home.dwelling_id:
            self.fields["of_home"] = _choice(_("Where do they live now?"), KEPT, _door(kept), _door(gone))
        self.order_fields([name for name in self.fields if name != "purpose"])

    def choice(self) -> Choice:
        """What was chosen, as the action takes it."""
        given = self.cleaned_data
        took = {name.removeprefix("of_") for name, side in given.items() if name.startswith("of_") and side == GONE}
        numbers = TwoNumbers(given["numbers"]) if given.get("numbers") else None
        return Choice(frozenset(took - {"home"}), "home" in took, numbers)


def _choice(label: Any, initial: str, *shown: str) -> forms.ChoiceField:
    choices = [
        (side, f"{value} ({word})" if value else _("nothing; it was taken back (%(side)s)") % {"side": word})
        for (side, word), value in zip(SIDES, shown, strict=True)
    ]
    return forms.ChoiceField(label=label, choices=choices, initial=initial, widget=forms.RadioSelect)


def _door(person: Person) -> str:
    assert person.home is not None
    door = person.home.dwelling
    compound = f"{door.building.compound.name} " if door.building.compound else ""
    return f"{compound}{door.building.name} {door.unit + '-' if door.unit else ''}{door.room}"
