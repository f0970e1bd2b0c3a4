"""Holding an import while it is worked on, and moving it by the table."""

from django.utils.translation import gettext as _

from wangge.access.action import Refused
from wangge.core.states import ForbiddenMove
from wangge.exchange.models import Import
from wangge.exchange.words import MOVES


def locked(pk: int) -> Import:
    """The import as it stands now, held until the transaction ends."""
    return Import.objects.select_for_update(of=("self",), no_key=True).select_related("source").get(pk=pk)


def move(held: Import, verb: str) -> None:
    """Set the state after the verb; the caller saves. Raises Refused where the table has no such move."""
    try:
        held.state = MOVES.after(held.state, verb)
    except ForbiddenMove:
        raise Refused(_("This cannot be done with the import as it stands now. Look at the page again.")) from None
