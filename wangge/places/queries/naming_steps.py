"""Steps by hand that change what grids are called: one named, all numbered anew."""

from typing import Any

from django.utils.translation import gettext as _

from wangge.access.action import Refused
from wangge.places.models import GridDraft
from wangge.places.queries import drafted, grid_names
from wangge.places.queries.steps import Edit

LONGEST = 80
VERBS = ("name", "number")


def step(draft: GridDraft, given: Edit) -> dict[str, Any]:
    """What a step changes, as `drafted.step` says it. Raises Refused."""
    held = drafted.under(draft)
    now = grid_names.called(held, draft.area_id)
    changed = _numbered(held, draft) if given.verb == "number" else _named(now, draft, given)
    names = drafted.kept_names(draft.names | {str(key): list(own) for key, own in changed.items()}, held.drawn)
    if all((now[key].name, now[key].number) == own for key, own in changed.items()):
        raise Refused(_("They are called and numbered like this already."))
    locked = sorted(held.drawn.locked)
    return {
        "verb": given.verb, "homes": 0, "was": [], "is": [], "locked_was": locked, "locked": locked,
        "names_was": draft.names, "names": names,
    }  # fmt: skip


def _numbered(held: drafted.Under, draft: GridDraft) -> dict[int, tuple[str, str]]:
    found = grid_names.numbered_anew(held, draft.area_id)
    if not found:
        raise Refused(_("No number is left: a number once given to a grid is never given to another."))
    return found


def _named(now: dict[int, grid_names.Called], draft: GridDraft, given: Edit) -> dict[int, tuple[str, str]]:
    name, key = " ".join(given.name.split()), given.grids[0] if given.grids else -1
    if key not in now or key not in draft.general:
        raise Refused(_("This grid is not part of the draft any more. Load the page again."))
    if not name or len(name) > LONGEST:
        raise Refused(_("A name has 1 to %(n)s characters.") % {"n": LONGEST})
    if any(one.name == name for other, one in now.items() if other != key):
        raise Refused(_("Another grid is called “%(name)s”: choose another name.") % {"name": name})
    return {key: (name, now[key].number)}
