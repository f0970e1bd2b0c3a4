"""Who may bring lists in: whoever the list's own app lets; the system itself at the command line."""

from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.exchange.importer import importer, importers
from wangge.exchange.models import Import, Source


def may_import(actor: Actor) -> str | None:
    """The pages of imports are for who may bring in at least one kind of list."""
    if any(one.may(actor) is None for one in importers()):
        return None
    return _("Lists are brought in by the administrators.")


def may_bring(actor: Actor, _source: Source, kind: str, *_given: object) -> str | None:
    """A list of this kind."""
    return importer(kind).may(actor)


def may_work_on(actor: Actor, held: Import, *_given: object, **_named: object) -> str | None:
    """This import: whoever may bring in its kind."""
    return importer(held.kind).may(actor)
