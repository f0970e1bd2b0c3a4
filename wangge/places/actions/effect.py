"""What an approved plan does at its midnight: new areas, new parents, ends, names, codes, compounds, outlines."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.access import posts
from wangge.access.action import Refused
from wangge.access.actor import Actor
from wangge.access.models import Reach
from wangge.core.areas import Deed
from wangge.core.spelling import sort_key
from wangge.places.actions.following import carry_servings
from wangge.places.actions.laying import lay
from wangge.places.actions.naming import write_names
from wangge.places.actions.standing import stand
from wangge.places.models import Area, AreaCode, Building, Change, ChangePart, Compound, FormerName, Grid, GridDraft
from wangge.places.queries.faults import blocking, of_the_tree
from wangge.places.queries.outlines import cut, joined
from wangge.places.queries.plans import plan_of
from wangge.places.words import CHANGES, ChangeKind, PostsGo


@dataclass
class Effect:
    """How many areas began, moved, ended, were renamed; how many posts ended and were given at the heir."""

    opened: int = 0
    moved: int = 0
    ended: int = 0
    renamed: int = 0
    compounds: int = 0
    buildings: int = 0
    servings: int = 0
    posts_ended: int = 0
    posts_given: int = 0
    days_late: int = 0


def due(change: Change, now: datetime) -> Change:
    """The plan under a lock, if its date has come and nothing stands against it any more."""
    held = Change.objects.select_for_update(of=("self",)).get(pk=change.pk)
    if not held.is_due(timezone.localdate(now)):
        raise Refused(_("This change does not take effect now."))
    if reason := blocking(of_the_tree(plan_of(held), but=held)):
        raise Refused(reason)
    return held


def carry_out(change: Change, *, by: Actor, now: datetime) -> Effect:
    """Write a due plan into the tree. The database keeps reach and belongings, and refuses what was not approved.

    Called by the action `area_change.take_effect`, in its transaction, which leaves the entry in the book.
    """
    done = Effect(days_late=(timezone.localdate(now) - change.effective_on).days)
    parts = list(change.parts.all())
    by_deed = {deed: [part for part in parts if part.deed == deed] for deed in Deed}
    for part in by_deed[Deed.OPEN]:
        _open(change, part, parts)
        done.opened += 1
    for part in by_deed[Deed.MOVE]:
        _move(part)
        done.moved += 1
    for part in by_deed[Deed.END]:
        _end(change, part)
        heir = part.parent_id if change.posts == PostsGo.FOLLOW else None
        ended, given = posts.leave(_id(part), heir_id=heir, now=now)
        done.ended, done.posts_ended, done.posts_given = (
            done.ended + 1,
            done.posts_ended + ended,
            done.posts_given + given,
        )
    for part in by_deed[Deed.RENAME]:
        done.renamed += _rename(change, part)
    _give_codes(change, parts)
    done.compounds = _compounds(parts)
    if change.kind == ChangeKind.DIVIDE:
        draft = GridDraft.objects.filter(change=change).first()
        done.buildings = lay(change, parts) if draft else stand(change, parts)
        done.servings = carry_servings(draft, change, parts, by=by) if draft else 0
    _date_cards(change, parts)
    write_names(list(Area.objects.filter(pk__in=[_id(part) for part in parts])))
    change.state, change.ended_at = CHANGES.after(change.state, "take_effect"), now
    change.save(update_fields=["state", "ended_at"])
    return done


def _id(part: ChangePart) -> int:
    assert part.area_id is not None
    return part.area_id


def _open(change: Change, part: ChangePart, parts: list[ChangePart]) -> None:
    """Begin an area, and write its number wherever the plan says it by its key."""
    area = Area.objects.create(
        parent_id=part.parent_id, level=part.level, name=part.name, official=part.official,
        sort_key=sort_key(part.name), valid_from=change.effective_on,
    )  # fmt: skip
    for each in parts:
        if each.key is not None and each.key == part.key:
            each.area_id = area.pk
            each.save(update_fields=["area"])
        if each.parent_key is not None and each.parent_key == part.key:
            each.parent_id = area.pk
            each.save(update_fields=["parent"])


def _move(part: ChangePart) -> None:
    area = Area.objects.get(pk=_id(part))
    part.origin_id = area.parent_id
    part.save(update_fields=["origin"])
    before = _above(area.pk)
    area.parent_id = part.parent_id
    area.save(update_fields=["parent"])
    _reshape(area, before, _above(area.pk))


def _end(change: Change, part: ChangePart) -> None:
    area = Area.objects.get(pk=_id(part))
    part.origin_id = area.parent_id
    part.save(update_fields=["origin"])
    before = _above(area.pk)
    area.parent_id, area.valid_to = part.parent_id, change.effective_on
    area.save(update_fields=["parent", "valid_to"])
    _reshape(area, before, _above(area.pk))


def _above(area_id: int) -> set[int]:
    above = Reach.objects.filter(descendant_id=area_id).exclude(ancestor_id=area_id)
    return set(above.values_list("ancestor_id", flat=True))


def _reshape(area: Area, before: set[int], now: set[int]) -> None:
    """Cut the piece out of what it left and join it to where it lies, where these have outlines."""
    if area.outline is None:
        return
    for held in Area.objects.filter(pk__in=before ^ now):
        if held.pk in before and held.outline is not None:
            held.outline = cut(held.outline, area.outline)
        elif held.pk in now and (held.outline is not None or held.children.count() == 1):  # a new one begins with it
            held.outline = joined(held.outline, area.outline)
        held.save(update_fields=["outline"])


def _rename(change: Change, part: ChangePart) -> int:
    """Give the new name and keep the old one with its days."""
    area = Area.objects.get(pk=_id(part))
    if (part.name, part.official or area.official) == (area.name, area.official):
        return 0
    last = FormerName.objects.filter(area=area).order_by("-valid_to").first()
    since = last.valid_to if last else area.valid_from
    if since < change.effective_on:
        FormerName.objects.create(
            area=area, name=area.name, official=area.official, valid_from=since, valid_to=change.effective_on
        )
    area.name, area.official, area.sort_key = part.name, part.official or area.official, sort_key(part.name)
    area.save(update_fields=["name", "official", "sort_key"])
    return 1


def _give_codes(change: Change, parts: list[ChangePart]) -> None:
    AreaCode.objects.bulk_create(
        AreaCode(area_id=_id(part), scheme=part.scheme, year=change.effective_on.year, code=part.code)
        for part in parts
        if part.code
    )


def _date_cards(change: Change, parts: list[ChangePart]) -> None:
    """The public cards under what moved or was renamed say something else from this day on."""
    named = [_id(part) for part in parts if part.deed in (Deed.MOVE, Deed.RENAME)]
    inside = Reach.objects.filter(ancestor_id__in=named).values("descendant_id")
    Grid.objects.filter(area_id__in=inside).update(card_valid_from=change.effective_on)


def _compounds(parts: list[ChangePart]) -> int:
    """A compound lies where most of its buildings lie; one without buildings goes where its community went."""
    left = {part.origin_id for part in parts if part.deed == Deed.MOVE}
    heirs = {part.area_id: part.parent_id for part in parts if part.deed == Deed.END}
    found = Compound.objects.filter(community_id__in={*left, *heirs})
    counted = Building.objects.filter(compound__in=found).values_list("compound_id", "grid__parent_id")
    most = dict(
        counted.annotate(n=Count("pk")).order_by("n", "grid__parent_id").values_list("compound_id", "grid__parent_id")
    )
    moved = 0
    for compound in found:
        there = most.get(compound.pk) or heirs.get(compound.community_id, compound.community_id)
        if there is not None and there != compound.community_id:
            compound.community_id = there
            compound.save(update_fields=["community"])
            moved += 1
    return moved
