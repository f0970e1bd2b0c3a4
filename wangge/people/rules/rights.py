"""Who takes in, answers and tells what people ask about their own data."""

from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.people.models import Person, RightsLink, RightsRequest
from wangge.people.rules.keeping import is_keeper, may_keep

ANSWERERS = ("secretary",)
"""Who answers requests of people about their own data; every keeper takes them in and tells the answer."""


def may_ask(actor: Actor, about: Person | None, area: int | None = None, **_given: object) -> str | None:
    """A request is taken in by the keepers of the area, or comes by the person's own link."""
    if actor.is_public:
        return None if about is not None and _is_linked(about.pk) else _nobodys_link()
    where = about.area_id if about is not None else area
    if where is not None and is_keeper(actor, (where,)):
        return None
    return _("Requests are taken in by the person's own grid worker and community.")


def may_follow(actor: Actor, request: RightsRequest, *_more: object, **_given: object) -> str | None:
    """The keepers of the area, and the person by the link."""
    if actor.is_public:
        return None if request.person_id is not None and _is_linked(request.person_id) else _nobodys_link()
    return may_keep(actor, request)


def may_answer_request(actor: Actor, request: RightsRequest, **_given: object) -> str | None:
    """The community answers for what is written down in its name."""
    if is_keeper(actor, (request.area_id,), ANSWERERS):
        return None
    return _("Requests are answered by the community secretary. You take them in and tell the answer.")


def may_hear(actor: Actor, person: Person, **_given: object) -> str | None:
    """What is held is laid open to the person by the link, or by the keepers of the area."""
    if actor.is_public:
        return None if _is_linked(person.pk) else _nobodys_link()
    return may_keep(actor, person)


def _is_linked(person: int) -> bool:
    """Whether the link that the bearer holds is of this person: row-level security shows nobody another's link."""
    return RightsLink.objects.filter(person_id=person, ended_at__isnull=True).exists()


def _nobodys_link() -> str:
    return _("This link has ended. Ask the community or the grid worker for a new one.")
