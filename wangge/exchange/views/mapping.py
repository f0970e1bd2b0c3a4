"""Which column is what, in which coordinates: with samples, a guess, and how well known points fit."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from wangge.access.action import Refused
from wangge.access.pages import Request, needs
from wangge.core.coordinates import BadSystem, Guess, Kind, System, fit, guess, shift
from wangge.core.geometry import Box
from wangge.core.sheets import Unreadable
from wangge.exchange import actions, reading
from wangge.exchange.forms import SYSTEMS, MappingForm
from wangge.exchange.importer import Importer
from wangge.exchange.models import Import
from wangge.exchange.parsing import system_of
from wangge.exchange.queries import lists
from wangge.exchange.queries.uncollected import not_collected
from wangge.exchange.rules import may_import
from wangge.exchange.tasks import go_on
from wangge.exchange.views.desk import held_of, shown
from wangge.exchange.words import MOVES

LOOKED_AT = 400
SHIFTS = (Kind.WGS84, Kind.GCJ02, Kind.BD09)


@needs(may_import)
@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: Request, pk: int) -> HttpResponse:
    """Map the columns; the check follows in the background and writes nothing of the register."""
    held, kind = held_of(request, pk)
    if "map_columns" not in MOVES.verbs(held.state):
        return redirect("import", pk=pk)
    form = MappingForm(request.POST or None, held=held, kind=kind)
    if request.method == "POST" and _is_valid(form) and "try" not in request.POST:
        try:
            actions.map_columns(
                held, columns=form.columns, system=form.system if kind.has_points else {}, options=form.options,
                by=request.actor, now=request.now,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            go_on(request.actor, pk)
            return redirect("import", pk=pk)
    return render(request, "exchange/mapping.html", {
        **shown(held), "form": form, "columns": _columns(held, kind, form), "twins": lists.twins(held)[:3],
        "uncollected": not_collected(held),
        "systems": [form["system-kind"]] if kind.has_points else [],
        "surveyed": [form[name] for name in form.fields if name.startswith("system-") and name != "system-kind"],
        "is_surveyed": kind.has_points and form["system-kind"].value() in (Kind.GAUSS, Kind.LOCAL),
        "options": [form[name] for name in form.fields if name.startswith("option-")],
        **(_places(held, kind, form) if kind.has_points else {}),
    })  # fmt: skip


def _is_valid(form: MappingForm) -> bool:
    try:
        return form.is_valid()
    except ValueError as wrong:
        form.add_error("system-known", str(wrong))
        return False


def _columns(held: Import, kind: Importer, form: MappingForm) -> list[dict[str, Any]]:
    """Each field with its select, and the first cells of the column chosen for it."""
    names, samples = held.head["names"], held.head["samples"]
    rows = []
    for field in kind.fields:
        bound = form[f"column-{field.code}"]
        at = names.index(bound.value()) if bound.value() in names else -1
        rows.append({
            "field": field, "bound": bound, "why": form.why.get(field.code, ""),
            "samples": samples[at] if at >= 0 else [], "says": [example for example in field.examples if example][:1],
        })  # fmt: skip
    return rows


def _places(held: Import, kind: Importer, form: MappingForm) -> dict[str, Any]:
    """What the numbers themselves say of their system, and how well the known points fit it."""
    found: dict[str, Any] = {"guesses": [], "residuals": None}
    lon, lat = form["column-lon"].value(), form["column-lat"].value()
    names, box = held.head["names"], kind.box()
    if box is not None and lon in names and lat in names:
        found["guesses"] = _guessed(held, kind, (names.index(lon), names.index(lat)), Box(*box).grown(0.02))
    system = _system(form)
    if system.kind is Kind.LOCAL:
        try:
            fitted = fit(system.known, north_first=system.north_first, affine=system.affine)
        except BadSystem:
            return found
        found |= {"residuals": list(zip(system.known, fitted.residuals, strict=True)), "rms": fitted.rms}
    return found


def _system(form: MappingForm) -> System:
    if form.is_bound and hasattr(form, "cleaned_data"):
        try:
            return system_of(form.system)
        except ValueError:
            return System()
    return system_of(form.held.source.memory.get(form.held.kind, {}).get("system", {}))


def _guessed(held: Import, kind: Importer, at: tuple[int, int], county: Box) -> list[dict[str, Any]]:
    """The systems that put the first rows inside the county; places known already tell which shift it is."""
    try:
        rows, _after = reading.rows_from(held.stored, 0, LOOKED_AT)
    except Unreadable:
        return []
    pairs = [(_number(cells, at[0]), _number(cells, at[1]), cells) for _n, cells, _emptied in rows]
    good = [(x, y, cells) for x, y, cells in pairs if x is not None and y is not None]
    found = list(guess([(x, y) for x, y, _ in good], county)[:3])
    known = {one.name: one.spot for one in kind.known() if one.spot}
    same = [((x, y), known[cell]) for x, y, cells in good for cell in cells if cell in known][:100]
    labels = dict(SYSTEMS)
    said = [_said(one, labels, same) for one in found]
    return sorted(said, key=lambda one: (one["off"] if one["off"] is not None else 1e9, -one["percent"]))


def _said(one: Guess, labels: dict[str, Any], same: list[Any]) -> dict[str, Any]:
    system = System(one.kind, one.meridian, one.north_first)
    off = shift(same, system) if len(same) >= 3 else None
    return {
        "label": labels[one.kind.value], "percent": round(one.inside * 100), "is_swapped": one.north_first,
        "meridian": one.meridian, "off": round(off) if off is not None else None, "places": len(same),
    }  # fmt: skip


def _number(cells: list[str], at: int) -> float | None:
    try:
        return float(cells[at])
    except (IndexError, ValueError):
        return None
