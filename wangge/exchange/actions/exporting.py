"""A list on its way out: asked by one, decided by another, made, fetched, and gone when its time is over."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from wangge.access.action import Refused, action, note
from wangge.access.actor import Actor
from wangge.core.states import ForbiddenMove
from wangge.exchange import export_files as files
from wangge.exchange.export_words import (
    EXPORT_MOVES,
    LONGEST,
    MOST_ROWS,
    SAMPLE,
    SHORTEST_WHY,
    ExportState,
    Form,
    Purpose,
)
from wangge.exchange.exporter import exporter
from wangge.exchange.models import Export
from wangge.exchange.queries import exports, staging
from wangge.exchange.rules import (
    may_ask,
    may_decide,
    may_destroy,
    may_download,
    may_expire,
    may_make,
    may_withdraw,
    organisation_of,
)

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True)
class Wish:
    """What is asked for: which rows, why, for whom, until when, as what."""

    given: Mapping[str, str]
    purpose: str
    why: str
    organisation: str
    person: str
    until: date
    form: str = Form.XLSX
    language: str = "zh-hans"
    recipient: int | None = None


def new_mark() -> str:
    """A code that stands on every row of one export and of no other; without letters that look alike."""
    return "WG-" + "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _part in range(2))


def last_day(purpose: str, now: datetime) -> date:
    """Until when at most a file may be kept for a purpose."""
    return localtime(now).date() + timedelta(days=LONGEST[purpose])


@action("export.ask", needs=may_ask)
def ask(kind: str, wish: Wish, *, by: Actor, now: datetime) -> Export:
    """Ask for a list to leave. Nothing leaves: it is counted, and its first rows are shown to who decides."""
    own = organisation_of(by)
    if own is None:
        raise Refused(_("Your account names no organisation. The administrator has to enter it first."))
    _check(wish, now)
    held, given = exporter(kind), dict(wish.given)
    rows = held.count(given, now)
    if not rows:
        raise Refused(_("No row fits these filters."))
    if rows > MOST_ROWS:
        raise Refused(_("These are %(rows)s rows; at most %(most)s leave in one export. Narrow it down.")
                      % {"rows": rows, "most": MOST_ROWS})  # fmt: skip
    with override(wish.language):
        sample = [[files.written(cell) for cell in row] for row in islice(held.rows(given, now, now), SAMPLE)]
    export = Export.objects.create(
        mark=new_mark(), kind=kind, given=given, form=Form(wish.form), language=wish.language,
        purpose=Purpose(wish.purpose), why=wish.why.strip(), for_organisation=wish.organisation.strip(),
        for_person=wish.person.strip(), recipient_id=wish.recipient, until=wish.until, rows=rows, sample=sample,
        by_id=by.account_id, by_organisation=own, at=now,
    )  # fmt: skip
    note(kind=kind, purpose=wish.purpose, rows=rows, until=wish.until.isoformat(), mark=export.mark,
         recipient=wish.recipient)  # fmt: skip
    return export


def _check(wish: Wish, now: datetime) -> None:
    if wish.purpose not in Purpose.values or wish.form not in Form.values:
        raise Refused(_("Choose for what the list is needed."))
    if len("".join(wish.why.split())) < SHORTEST_WHY:
        raise Refused(_("Say in a sentence why these rows are needed."))
    if not (wish.organisation.strip() and wish.person.strip()):
        raise Refused(_("Say for which organisation and for whom in office."))
    if not localtime(now).date() < wish.until <= last_day(wish.purpose, now):
        raise Refused(_("The file may be kept from tomorrow until %(day)s at most.")
                      % {"day": last_day(wish.purpose, now).isoformat()})  # fmt: skip


def locked(pk: int) -> Export:
    """The export as it stands now, held until the transaction ends."""
    return exports.whole().select_for_update(of=("self",)).get(pk=pk)


def _moved(export: Export, verb: str) -> Export:
    """Hold the export and set the state after the verb; the caller saves."""
    held = locked(export.pk)
    try:
        held.state = EXPORT_MOVES.after(held.state, verb)
    except ForbiddenMove:
        raise Refused(_("Somebody was quicker: look at the export again.")) from None
    return held


def _ended(held: Export, now: datetime, *more: str) -> Export:
    """Nothing of the rows stays behind an export that is over: no sample, and after the commit no file."""
    held.sample, held.ended_at = [], now
    stored, held.stored = held.stored, ""
    held.save(update_fields=["state", "sample", "ended_at", "stored", *more])
    transaction.on_commit(lambda: files.remove(stored))
    return held


@action("export.approve", needs=may_decide)
def approve(export: Export, *, by: Actor, now: datetime, answer: str = "") -> Export:
    """Let the list leave as it was asked for: these columns, this many rows, for this person, until this day."""
    held = _moved(export, "approve")
    if exports.is_over(held, now):
        raise Refused(_("Its last day has passed: it has to be asked for again."))
    _decided(held, by, now, answer)
    held.save(update_fields=["state", "decided_by", "decided_organisation", "decided_at", "answer"])
    note(rows=held.rows, mark=held.mark)
    return held


@action("export.refuse", needs=may_decide)
def refuse(export: Export, *, by: Actor, now: datetime, answer: str = "") -> Export:
    """Say no, and why."""
    if not answer.strip():
        raise Refused(_("Say in a few words why it is refused."))
    held = _moved(export, "refuse")
    _decided(held, by, now, answer)
    return _ended(held, now, "decided_by", "decided_organisation", "decided_at", "answer")


def _decided(held: Export, by: Actor, now: datetime, answer: str) -> None:
    held.decided_by_id, held.decided_organisation = by.account_id, organisation_of(by)
    held.decided_at, held.answer = now, answer.strip()[:400]


@action("export.withdraw", needs=may_withdraw)
def withdraw(export: Export, *, by: Actor, now: datetime) -> Export:
    """Take the request back before the file is made."""
    return _ended(_moved(export, "withdraw"), now)


def make(pk: int, *, by: Actor, now: datetime) -> Export:
    """Make the file of an approved export, or say why it cannot be made; done again, it changes nothing."""
    staging.take_time()
    held = locked(pk)
    if held.state != ExportState.APPROVED:
        return held
    kind = exporter(held.kind)
    if kind.may_ask(by) is not None:
        return give_up(held, "may_not", by=by, now=now)
    rows = kind.count(held.given, held.at)
    if not rows or rows > held.rows:
        return give_up(held, "more_rows" if rows else "no_rows", by=by, now=now)
    return keep(held, by=by, now=now)


@action("export.make", needs=may_make)
def keep(export: Export, *, by: Actor, now: datetime) -> Export:
    """Write the file in the session of who asked: it holds what that person sees and nothing else."""
    held, kind = _moved(export, "make"), exporter(export.kind)
    with override(held.language):
        rows = islice(kind.rows(held.given, held.at, now), held.rows)
        content = files.Content(held.mark, exports.facts_of(held, now=now), kind.columns, rows)
        made = files.keep(content, held.form)
    held.stored, held.digest, held.size, held.made_rows, held.made_at = (
        made.stored, made.digest, made.size, made.rows, now
    )  # fmt: skip
    held.save(update_fields=["state", "stored", "digest", "size", "made_rows", "made_at"])
    note(rows=made.rows, digest=made.digest, size=made.size, mark=held.mark)
    return held


@action("export.give_up", needs=may_make)
def give_up(export: Export, trouble: str, *, by: Actor, now: datetime) -> Export:
    """Say why the file cannot be made as it was approved."""
    held = _moved(export, "give_up")
    held.trouble = trouble
    note(trouble=trouble)
    return _ended(held, now, "trouble")


@action("export.download", needs=may_download)
def download(export: Export, *, by: Actor, now: datetime) -> Export:
    """Fetch the file: each time stands in the book."""
    held = _moved(export, "download")
    if exports.is_over(held, now):
        raise Refused(_("Its last day has passed: the file is no longer given out."))
    if not files.path_of(held.stored).exists():
        raise Refused(_("The file is no longer there. Ask again."))
    held.downloads += 1
    held.downloaded_at = now
    held.save(update_fields=["downloads", "downloaded_at"])
    note(digest=held.digest, times=held.downloads)
    return held


@action("export.destroy", needs=may_destroy)
def destroy(export: Export, *, by: Actor, now: datetime) -> Export:
    """Take the file away before its time; what was asked, decided and made stays in the list."""
    return _ended(_moved(export, "destroy"), now)


@action("export.expire", needs=may_expire)
def expire(export: Export, *, by: Actor, now: datetime) -> Export:
    """The last day has passed: the file goes, and a request that nobody decided is over."""
    held = _moved(export, "expire")
    if not exports.is_over(held, now):
        raise Refused(_("Its last day has not passed yet."))
    return _ended(held, now)


def expire_all(*, by: Actor, now: datetime) -> int:
    """End every export whose last day has passed, and sweep files that no export names."""
    due = Export.objects.filter(state__in=("asked", "approved", "made"), until__lt=localtime(now).date())
    ended = [expire(export, by=by, now=now) for export in due.order_by("pk")]
    files.sweep(set(Export.objects.filter(state=ExportState.MADE).values_list("stored", flat=True)), now=now)
    return len(ended)
