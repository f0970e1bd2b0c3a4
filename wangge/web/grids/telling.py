"""A draft in words and figures: its score beside what is in force, what changes, who hands over what."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _

from wangge.access.models import Post
from wangge.cases.models import Case
from wangge.cases.words import OPEN
from wangge.core import drafting
from wangge.core.drafting import Sheet, Why
from wangge.places.models import GridDraft
from wangge.places.queries import drafted, grid_names
from wangge.places.queries.bench import says
from wangge.places.queries.drafted import Under
from wangge.places.queries.grid_names import Called
from wangge.places.queries.reasons import why_out

MOST = 500
Names = dict[int, Called]


def score(held: Under) -> list[dict[str, str]]:
    """The score sheet: each line with its figure in force and in the draft."""
    now, then = held.sheet(present=True), held.sheet()
    moved = drafting.compared(held.present, held.drawn)
    limits = held.options.limits
    walks = _("A round within %(h)s h") % {"h": f"{limits.minutes / 60:g}"}
    return [
        _row(_("General grids"), now.general_grids, then.general_grids),
        _share(
            _("Homes within %(low)s–%(high)s") % {"low": held.options.band.low, "high": held.options.band.high},
            (now.general_within, now.general_grids), (then.general_within, then.general_grids),
        ),
        _row(_("Micro-grids"), now.micro_grids or "—", then.micro_grids),
        _share(
            _("Micro-grids of at most %(n)s homes") % {"n": limits.micro_max} + " · " + walks,
            (now.micro_within, now.micro_grids), (then.micro_within, then.micro_grids),
        ),
        _row(_("Longest round"), _span(now), _span(then), "good" if then.longest_minutes <= limits.minutes else "warn"),
        _fewer(_("Grids across a river or main road"), now.barrier_crossings, then.barrier_crossings),
        _fewer(_("Compounds in several grids"), now.split_compounds, then.split_compounds),
        _row(_("Homes in no grid"), now.unplaced, then.unplaced, "good" if not then.unplaced else "bad"),
        _row(
            _("Homes that change their grid"), "—", f"{moved.moved_households} ({moved.moved_share:.0%})",
            "warn" if moved.moved_households else "good",
        ),
        _row(_("Grid workers needed more"), "—", max(0, then.general_grids - now.general_grids)),
    ]  # fmt: skip


def shortfalls(held: Under, names: Names) -> list[str]:
    """Grids of the draft that no drawing brings within the band, each with the reason and what helps."""
    is_out = any(row.outer < 0 and row.why in (Why.TOO_FEW, Why.TOO_MANY) for row in held.rows())
    found = drafting.shortfalls(held.drawn, held.options) if is_out else {}
    return [
        _("%(grid)s, %(says)s: %(why)s")
        % {"grid": names[row.key].name, "says": says(row, held), "why": why_out(found[row.key])}
        for row in held.rows() if row.outer < 0 and row.key in found
    ]  # fmt: skip


def _row(label: str, now: object, then: object, look: str = "") -> dict[str, str]:
    return {"label": label, "now": str(now), "then": str(then), "look": look}


def _share(label: str, now: tuple[int, int], then: tuple[int, int]) -> dict[str, str]:
    look = "good" if then[0] == then[1] else "bad"
    return _row(label, f"{now[0]} / {now[1]}" if now[1] else "—", f"{then[0]} / {then[1]}", look)


def _span(sheet: Sheet) -> str:
    minutes = round(sheet.longest_minutes)
    return _("%(h)s h %(m)s min") % {"h": minutes // 60, "m": minutes % 60} if minutes else "—"


def _fewer(label: str, now: int, then: int) -> dict[str, str]:
    return _row(label, now, then, "good" if then < now or not then else "warn" if then > now else "")


def changes(held: Under, names: Names) -> list[dict[str, str]]:
    """What changes, in sentences that can be read out to residents."""
    found = drafting.compared(held.present, held.drawn)
    homes = np.bincount(
        held.drawn.general[held.drawn.general >= 0], held.drawn.pieces.households[held.drawn.general >= 0]
    )
    came: dict[int, list[str]] = defaultdict(list)
    for origin, target, n in found.flows:
        if origin >= 0:
            came[target].append(_("%(n)s from %(grid)s") % {"n": n, "grid": names[origin].name})
    told = []
    for key in found.begun:
        text = _("%(grid)s begins with %(n)s homes") % {"grid": names[key].name, "n": int(homes[key])}
        told.append(
            {"icon": "plus", "look": "", "text": f"{text}{_(': ') + '、'.join(came[key]) if came[key] else ''}"}
        )
    told += [{"icon": "x", "look": "", "text": _("%(grid)s ends") % {"grid": names[key].name}} for key in found.ended]
    for key in found.kept:
        if came[key]:
            text = _("%(grid)s takes %(from)s") % {"grid": names[key].name, "from": "、".join(came[key])}
            told.append({"icon": "arrows-exchange", "look": "", "text": text})
    quiet = [names[key].name for key in found.kept if not came[key] and not any(f == key for f, _t, _n in found.flows)]
    if quiet:
        told.append(
            {"icon": "equal", "look": "", "text": _("%(grids)s: nothing changes") % {"grids": "、".join(quiet)}}
        )
    told.append(
        {"icon": "history", "look": "", "text": _("Figures of the days before stay with the grids of those days.")}
    )
    return told


def handing_over(draft: GridDraft, now: datetime) -> dict[str, Any]:
    """Who works where, which open cases and buildings go from which grid to which."""
    held = drafted.under(draft)
    names = grid_names.called(held, draft.area_id)
    went = _buildings(held)
    cases = list(
        Case.objects.filter(building_id__in=went, state__in=OPEN.split(" | "))
        .select_related("building__compound").defer("text").order_by("due_at", "pk")[: MOST + 1]
    )  # fmt: skip
    by_way: dict[tuple[int, int], list[Case]] = defaultdict(list)
    for case in cases[:MOST]:
        assert case.building_id is not None
        by_way[went[case.building_id]].append(case)
    ways = [
        {"origin": names[a].name if a >= 0 else "—", "target": names[b].name, "cases": by_way[a, b],
         "buildings": sum(1 for way in went.values() if way == (a, b))}
        for a, b in sorted(set(went.values()))
    ]  # fmt: skip
    found = drafting.compared(held.present, held.drawn)
    return {
        "ways": ways,
        "more": len(cases) > MOST,
        "workers": _workers(held, names, found, now),
        "cases": len(cases[:MOST]),
        "buildings": len(went),
    }


def _buildings(held: Under) -> dict[int, tuple[int, int]]:
    """Buildings most of whose homes change their grid, each with the keys of both."""
    before, after = (_keys(held, side.general) for side in (held.present, held.drawn))
    return {one: (before[one], key) for one, key in after.items() if before[one] != key}


def _keys(held: Under, general: "np.ndarray[Any, np.dtype[np.int64]]") -> dict[int, int]:
    homes: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    pieces = held.drawn.pieces
    for unit, key, n in zip(pieces.unit.tolist(), general.tolist(), pieces.households.tolist(), strict=True):
        homes[held.stairs.building[unit]][key] += n
    return {one: max(own, key=lambda key: (own[key], -key)) for one, own in homes.items()}


def _workers(held: Under, names: Names, found: drafting.Comparison, now: datetime) -> list[dict[str, str]]:
    """The posts at each grid, and where they go."""
    areas = {names[key].area: key for key in (*found.kept, *found.ended)}
    posts = Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=now), area_id__in=areas, role_id="grid_worker"
    )
    staff: dict[int, list[str]] = defaultdict(list)
    for area, name in posts.order_by("account__name").values_list("area_id", "account__name"):
        staff[areas[area]].append(name)
    heirs = {origin: target for origin, target, _n in reversed(found.flows)}
    rows = [_post(names, staff[key], key, key) for key in found.kept]
    rows += [_post(names, staff[key], key, heirs.get(key, key)) for key in found.ended]
    nobody = _("a worker is still to be named")
    return rows + [{"grid": names[key].name, "who": nobody, "goes": ""} for key in found.begun]


def _post(names: Names, who: Iterable[str], origin: int, target: int) -> dict[str, str]:
    goes = names[target].name if target != origin else ""
    return {"grid": names[origin].name, "who": "、".join(who) or _("nobody"), "goes": goes}
