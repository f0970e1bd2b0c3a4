"""Giving a whole import back: as before, but for what others have changed or used since, which is told row by row."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from django.apps import apps as django_apps
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.exchange.actions.moving import locked, move
from wangge.exchange.importer import Importer, importer
from wangge.exchange.models import Change, Import, Row
from wangge.exchange.queries import constraints, staging
from wangge.exchange.rules import may_work_on
from wangge.exchange.sealed_list import SealedList

CHUNK = 5_000
UNDONE, CHANGED, GONE, IN_USE = "undone", "changed_since", "gone", "in_use"


@action("import.undo", needs=may_work_on)
def undo(held: Import, *, by: Actor, now: datetime) -> Import:
    """Begin to give an import back; the work is done in chunks, from the last row to the first."""
    held = locked(held.pk)
    kind = importer(held.kind)
    is_sealed = isinstance(kind, SealedList)  # its people name the import themselves: no rows of it are kept
    if not is_sealed and Row.objects.filter(of=held).count() < held.counts.get("checked", 0):
        raise Refused(_("Its rows were removed when their time was over: it can no longer be given back."))
    move(held, "undo")
    held.finished_at = None
    wrote = kind.written(held.pk) if isinstance(kind, SealedList) else Change.objects.filter(of=held).count()
    held.position, held.counts = 0, {**held.counts, "to_undo": wrote, "undone": {}}
    held.save()
    note(changes=held.counts["to_undo"])
    return held


def give_back_rows(held: Import, *, by: Actor, now: datetime) -> None:
    """Give the next chunk back, whole rows at a time, or finish."""
    kind = importer(held.kind)
    if isinstance(kind, SealedList):
        _give_back_piece(held, kind, by=by, now=now)
        return
    changes = list(Change.objects.filter(of=held, undone="").order_by("-id")[:CHUNK])
    if not changes:
        finish_undoing(held, by=by, now=now)
        return
    if len(changes) == CHUNK:  # what a row wrote stands together: the last row may be cut
        changes = [one for one in changes if one.number != changes[-1].number] or changes
    numbers = {one.number for one in changes}
    said = _hindered(changes)
    free = [one for one in changes if one.pk not in said]
    said |= _give_back(kind, free, by=by, now=now, of=held.pk)
    said |= kind.keep_back([one for one in changes if said.get(one.pk)], by=by, now=now, of=held.pk)
    by_reason: dict[str, list[int]] = defaultdict(list)
    for one in changes:
        by_reason[said.get(one.pk) or UNDONE].append(one.pk)
    counts = dict(held.counts.get("undone", {}))
    for reason, pks in by_reason.items():
        Change.objects.filter(pk__in=pks).update(undone=reason)
        counts[reason] = counts.get(reason, 0) + len(pks)
    refused = {one.number for one in changes if said.get(one.pk)}
    keys = Row.objects.filter(of=held, number__in=numbers - refused).exclude(key="").values_list("key", flat=True)
    staging.forget(held.source_id, held.kind, held.pk, list(keys))
    held.counts = {**held.counts, "undone": counts}
    held.save(update_fields=["counts"])


def _give_back_piece(held: Import, kind: SealedList, *, by: Actor, now: datetime) -> None:
    """The app gives the next piece back; records that stay are counted by the reason: nobody is named in an import."""
    piece = kind.give_back_piece(held.pk, held.position, by=by, now=now)
    if piece is None:
        finish_undoing(held, by=by, now=now)
        return
    counts = dict(held.counts.get("undone", {}))
    for reason, number in piece.counts.items():
        counts[reason] = counts.get(reason, 0) + number
    held.position, held.counts = piece.after, {**held.counts, "undone": counts}
    held.save(update_fields=["position", "counts"])


def _forget_joined(held: Import) -> None:
    """Rows joined with a record as it is wrote nothing to give back: how their source calls it is forgotten too."""
    wrote = Change.objects.filter(of=held, number=OuterRef("number"))
    joined = Row.objects.filter(~Exists(wrote), of=held).exclude(key="").values_list("key", flat=True)
    keys = joined.iterator(chunk_size=CHUNK)
    while chunk := list(islice(keys, CHUNK)):
        staging.forget(held.source_id, held.kind, held.pk, chunk)


def _hindered(changes: Sequence[Change]) -> dict[int, str]:
    """Changes of rows in which a record is not as the import left it: somebody has worked on it since."""
    models = {one.table: django_apps.get_model(one.table) for one in changes}
    now = staging.digests({(models[one.table], one.record) for one in changes})
    reasons: dict[int, str] = {}
    for one in changes:
        held = now.get((models[one.table], one.record))
        if held != one.digest:
            reasons[one.number] = GONE if held is None else CHANGED
    return {one.pk: reasons[one.number] for one in changes if one.number in reasons}


def _give_back(kind: Importer, changes: Sequence[Change], *, by: Actor, now: datetime, of: int) -> dict[int, str]:
    """Give changes back; when something else holds on to one of their rows, find it by halving."""
    if not changes:
        return {}
    try:
        with transaction.atomic():
            said = kind.give_back(changes, by=by, now=now, of=of)
            constraints.check_now()
            return said
    except IntegrityError:
        numbers = sorted({one.number for one in changes})
        if len(numbers) == 1:
            return {one.pk: IN_USE for one in changes}
        middle = numbers[len(numbers) // 2]
        later = [one for one in changes if one.number >= middle]
        earlier = [one for one in changes if one.number < middle]
        said = _give_back(kind, later, by=by, now=now, of=of)
        return said | _give_back(kind, earlier, by=by, now=now, of=of)


@action("import.finish_undoing", needs=may_work_on)
def finish_undoing(held: Import, *, by: Actor, now: datetime) -> Import:
    """Nothing is left to give back; what could not be stands in the report."""
    _forget_joined(held)
    move(held, "finish_undoing")
    held.finished_at = now
    held.save()
    note(**held.counts.get("undone", {}))
    return held
