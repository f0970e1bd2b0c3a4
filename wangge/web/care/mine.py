"""Whom one was named for, on the page and on paper; one need. Who keeps no register sees the door, not the person."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from wangge.access.pages import Request, needs
from wangge.people.models import CareNeed, Person
from wangge.people.queries import care as read
from wangge.people.queries import carers
from wangge.people.queries.care import Cared
from wangge.people.queries.masked import masked
from wangge.people.rules import KEEPERS, is_keeper, may_see_charges
from wangge.people.words import Consent, Hand, Kept, told_by
from wangge.places.models import Dwelling
from wangge.web.care.forms import EndForm, ListForm, WithdrawForm
from wangge.web.homes.forms import SourceForm

PAGE, ON_PAPER = 50, 200


@dataclass(frozen=True)
class Charge:
    """A need with the door it lies behind; the masked name only for who keeps the register there."""

    one: Cared
    door: Dwelling | None
    note: str
    name: str

    @property
    def help(self) -> str:
        """What the catalogue says a carer does."""
        return self.one.meant.help.text(get_language() or "")


@needs(may_see_charges)
@require_safe
def mine(request: Request) -> HttpResponse:
    """Whom one looks after or stands in for."""
    given = ListForm(request.GET)
    given.is_valid()
    today, after = localdate(request.now), given.cleaned_data.get("after") or 0
    found = read.charges(request.actor, today=today, after=after, size=PAGE)
    page = found[:PAGE]
    more = f"{reverse('care-mine')}?{urlencode({'after': page[-1][0].row.pk})}" if found[PAGE:] else ""
    context = {"charges": _charges(page), "shown": len(page), "more_url": more, "today": today}
    return _private(render(request, "care/mine.html", context | {"keeps": request.actor.has(*KEEPERS)}))


@needs(may_see_charges)
@require_safe
def sheet(request: Request) -> HttpResponse:
    """The list of doors for a round of visits, by house and door; notes stay off the paper."""
    found = read.charges(request.actor, today=localdate(request.now), size=ON_PAPER)
    charges = sorted(_charges(found[:ON_PAPER]), key=_by_house)
    context = {"charges": charges, "is_cut": len(found) > ON_PAPER, "back_url": reverse("care-mine")}
    return _private(render(request, "care/sheet.html", context))


@needs(may_see_charges)
@require_safe
def card(request: Request, pk: int) -> HttpResponse:
    """One need: what helps, how often, who gives it, until when it is kept."""
    row = need_of(request, pk)
    (one,), (note,) = read.shown([row]), read.notes([row])
    keeps = is_keeper(request.actor, (row.area_id,))
    (charge,) = _charges([(one, None if keeps else read.doors().get(row.pk), note)])
    context: dict[str, object] = {"charge": charge, "keeps": keeps, "withdraw_form": WithdrawForm()}
    if keeps:
        (said,) = read.opened([row], "grounds")
        context |= {
            "grounds": said, "consent": Consent(row.consent).label if row.consent else "", "end_form": EndForm(),
            "source_form": SourceForm(), "told_by": told_by(row.source), "is_due": one.is_due(localdate(request.now)),
            "is_left": one.is_left(carers.gone([row], request.now)),
            "hands": [(hand, getattr(one, hand.value), getattr(row, f"{hand.value}_outside")) for hand in Hand],
        }  # fmt: skip
    return _private(render(request, "care/need.html", context))


def need_of(request: Request, pk: int) -> CareNeed:
    """A need that is shown to the actor; 404 alike for others and for one whose last day has passed."""
    return get_object_or_404(CareNeed, pk=pk, ends_on__gte=localdate(request.now))


def _charges(found: list[tuple[Cared, int | None, str]]) -> list[Charge]:
    """Needs with their doors; of persons only what the database shows to the actor, their masked names."""
    persons = {
        person.pk: person
        for person in Person.objects.filter(pk__in=[one.row.person_id for one, _door, _note in found])
        .select_related("home__dwelling__building__compound")
        .defer("home__dwelling__building__footprint")
    }
    names = masked(list(persons.values()), [Kept.NAME])
    wanted = [door for one, door, _note in found if door and one.row.person_id not in persons]
    places = Dwelling.objects.select_related("building__compound").defer("building__footprint").in_bulk(wanted)
    charges = []
    for one, door, note in found:
        person = persons.get(one.row.person_id)
        place = person.home.dwelling if person and person.home else places.get(door or 0)
        charges.append(Charge(one, place, note, names.get(one.row.person_id, {}).get(Kept.NAME, "")))
    return charges


def _by_house(charge: Charge) -> tuple[str, str, str, int]:
    door = charge.door
    return ("", "", "", 0) if door is None else (door.building.name, door.unit, door.room, door.pk)


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
