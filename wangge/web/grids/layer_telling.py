"""Layers over our grids in sentences and figures."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from wangge.core.drafting import households_apart
from wangge.core.overlay import Agreement, Placed, Relation
from wangge.places.models import GridDraft, Layer
from wangge.places.queries.drafted import Under
from wangge.places.queries.grid_names import Called
from wangge.places.queries.layers import columns
from wangge.places.queries.overlaid import Overlaid, Side

Names = dict[int, Called]
ORDER = (Relation.CROSSES, Relation.HOLDS, Relation.INSIDE, Relation.EQUAL)


def sides(given: Overlaid, *, only: bool = False) -> list[dict[str, Any]]:
    """Each layer with its figures and its sentences; with `only` those alone in which a border is in the way."""
    return [
        {
            "layer": side.layer, "look": side.look, "agreement": side.agreement, "percent": percent(side.agreement),
            "bare": side.agreement.households - side.agreement.covered,
            "counts": [sum(one.relation is relation for one in side.placed) for relation in ORDER],
            "told": list(_sentences(side, given.names, only=only)),
        }
        for side in given.sides
    ]  # fmt: skip


def percent(found: Agreement) -> str:
    """The share without a border in the way, never rounded up to all."""
    return f"{int(found.share * 1000) / 10:g}"


def _sentences(side: Side, names: Names, *, only: bool) -> Iterator[dict[str, Any]]:
    for one in sorted(side.placed, key=lambda each: (ORDER.index(each.relation), str(side.grids[each.layer]))):
        if not only or one.relation is Relation.CROSSES:
            yield {"text": sentence(one, side, names), "is_crossing": one.relation is Relation.CROSSES}


def sentence(one: Placed, side: Side, names: Names) -> str:
    """How a grid of a layer lies in ours."""
    grid = str(side.grids[one.layer])
    whole = "、".join(names[part.own].name for part in one.parts if part.is_whole)
    parts = "、".join(
        _("%(n)s of %(of)s households of %(own)s") % {"n": part.households, "of": part.of, "own": names[part.own].name}
        for part in one.parts
        if not part.is_whole
    )
    given = {"grid": grid, "whole": whole, "parts": parts, "n": one.households}
    if one.relation is Relation.EQUAL:
        said = _("%(grid)s is our %(whole)s, %(n)s households.")
    elif one.relation is Relation.INSIDE:
        said = _("%(grid)s lies inside one grid of ours: %(parts)s.")
    elif whole and parts:
        said = _("%(grid)s holds our %(whole)s and %(parts)s.")
    elif whole:
        said = _("%(grid)s holds our %(whole)s, %(n)s households.")
    else:
        said = _("%(grid)s holds %(parts)s.") if parts else _("%(grid)s holds no grid of ours.")
    return " ".join([said % given, *_beside(one.bare, side.outside[one.layer])])


def _beside(bare: int, outside: int) -> Iterator[str]:
    if bare:
        yield _("Households of it in no grid of ours: %(n)s.") % {"n": bare}
    if outside:
        yield _("Buildings of it outside this community: %(n)s.") % {"n": outside}


def score(draft: GridDraft, held: Under) -> list[dict[str, str]]:
    """Lines for the score sheet of a draft that was drawn along layers: what disagrees, in force and in the draft."""
    if not draft.along:
        return []
    column, rows = columns(draft.along, held.stairs.building), []
    for layer in Layer.objects.filter(pk__in=draft.along).order_by("organisation", "name"):
        now, then = (households_apart(side, column[layer.pk]) for side in (held.present, held.drawn))
        label = _("Homes for which a border of %(layer)s is in the way") % {"layer": layer}
        look = "good" if then < now or not then else "warn"
        rows.append({"label": label, "now": str(now), "then": str(then), "look": look})
    return rows
