"""Who says that two entries are one person, or two."""

from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.people.models import Merge, Person
from wangge.people.rules.keeping import is_keeper, may_keep


def may_merge(actor: Actor, one: Person, other: Person, *_more: object, **_given: object) -> str | None:
    """Two entries are looked at by who keeps the registry where both of them live."""
    if is_keeper(actor, (one.area_id, other.area_id)):
        return None
    return _("Two entries are compared by who keeps both: in two grids that is the community secretary.")


def may_unmerge(actor: Actor, merge: Merge, *_more: object, **_given: object) -> str | None:
    """A merge is taken back by who keeps the registry where the person lives."""
    return may_keep(actor, merge)
