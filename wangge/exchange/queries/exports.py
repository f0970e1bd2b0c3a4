"""What the pages and the command line show of exports: lists, facts in words, and whose file somebody holds."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from wangge.access.actor import Actor
from wangge.access.factors import roles_with_second_factor
from wangge.access.models import Post
from wangge.exchange.export_files import digest_of
from wangge.exchange.export_words import DECIDERS, INVENTED, LAW, NO_PERSON, OVERSEERS, ExportState
from wangge.exchange.exporter import Exporter, exporter
from wangge.exchange.models import Export
from wangge.exchange.rules import may_ask, organisation_of

PAGE = 50
MARK = re.compile(rb"WG-[A-Z2-9]{4}-[A-Z2-9]{4}")
CHUNK, OVERLAP = 1 << 20, 32
MOST_UNPACKED = 200 * 1024 * 1024
Fact = tuple[str, str]


def whole() -> QuerySet[Export]:
    """Exports with the people a page names."""
    return Export.objects.select_related("by__organisation", "decided_by__organisation", "recipient")


def waiting(actor: Actor) -> QuerySet[Export]:
    """What the actor has to decide: requests of other organisations, not meant for the actor."""
    asked = whole().filter(state=ExportState.ASKED)
    own = organisation_of(actor) if actor.has(*DECIDERS) else None
    if own is None:
        return asked.none()
    return asked.exclude(by_organisation=own).exclude(by=actor.account_id).exclude(recipient=actor.account_id)


def listed(actor: Actor, which: str, after: int = 0) -> list[Export]:
    """One page of the actor's own exports, of those that wait for the actor, or of all; and one more."""
    found = whole()
    if which == "waiting":
        found = waiting(actor)
    elif which != "all" or not actor.has(*OVERSEERS):
        found = found.filter(by=actor.account_id) | found.filter(recipient=actor.account_id)
    return list((found.filter(pk__lt=after) if after else found).order_by("-id")[: PAGE + 1])


def waits_for(actor: Actor) -> int:
    """How many requests wait for the actor."""
    return waiting(actor).count()


def undecidable(now: datetime) -> list[str]:
    """Organisations whose people may ask for exports while nobody of another one could decide: their names."""
    goes_on = Q(valid_to__isnull=True) | Q(valid_to__gt=now)
    held = Post.objects.filter(goes_on, valid_from__lte=now, account__is_active=True)
    deciders = set(held.filter(role__in=DECIDERS).values_list("account__organisation", flat=True)) - {None}
    asking = held.filter(role__in=roles_with_second_factor() - set(DECIDERS), account__organisation__isnull=False)
    names = dict(asking.values_list("account__organisation", "account__organisation__name"))
    return sorted(name for number, name in names.items() if not deciders - {number})


def way_out(actor: Actor, kind: str, given: Mapping[str, Any]) -> str:
    """The address at which the actor asks for such rows, with the filters that are known there; else nothing."""
    if may_ask(actor, kind) is not None:
        return ""
    chosen = {one.code: given[one.code] for one in exporter(kind).filters if given.get(one.code)}
    return f"{reverse('export-ask', args=[kind])}{'?' if chosen else ''}{urlencode(chosen)}"


def narrowed_by(export: Export, kind: Exporter) -> list[Fact]:
    """The filters of an export in words."""
    chosen = [(one, export.given.get(one.code, "")) for one in kind.filters]
    return [(str(one.label), kind.said(one.code, value) if one.kind == "choice" else value) for one, value in chosen
            if value]  # fmt: skip


def is_over(export: Export, now: datetime) -> bool:
    """Say whether its last day has passed."""
    return localtime(now).date() > export.until


def said_day(day: date) -> str:
    return day.isoformat()


def said_moment(at: datetime | None) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""


def facts_of(export: Export, *, now: datetime) -> list[Fact]:
    """What stands on the first sheet: what, for whom, until when, why, who asked, who approved, and the law."""
    kind = exporter(export.kind)
    invented = settings.WANGGE.demo or (settings.WANGGE.home / "DEMO").exists()
    decided = export.decided_by
    return [
        (_("Mark"), export.mark),
        (_("For"), f"{export.for_organisation}, {export.for_person}"),
        (_("To be destroyed after"), said_day(export.until)),
        *([(_("Not real"), str(INVENTED))] if invented else []),
        (_("List"), str(kind.label)),
        (_("Holds"), str(kind.holds)),
        *narrowed_by(export, kind),
        (_("Purpose"), str(export.get_purpose_display())),
        (_("Why"), export.why),
        (_("Asked by"), f"{export.by.name}, {_office(export.by)}, {said_moment(export.at)}"),
        (_("Approved by"),
         f"{decided.name}, {_office(decided)}, {said_moment(export.decided_at)}" if decided else ""),
        (_("Rows approved"), str(export.rows)),
        (_("Number of the export"), str(export.pk)),
        (_("Made at"), said_moment(now)),
        (_("Persons"), str(NO_PERSON)),
        (_("The law"), str(LAW)),
    ]  # fmt: skip


def _office(account: object) -> str:
    return str(getattr(account, "organisation", None) or "")


def marks_in(path: Path) -> set[str]:
    """Every mark that stands in a file: a workbook, a packed file, a table or a piece of one."""
    found: set[bytes] = set()
    for chunk in _texts(path):
        found.update(MARK.findall(chunk))
    return {mark.decode() for mark in found}


def _texts(path: Path) -> Iterator[bytes]:
    if zipfile.is_zipfile(path):
        left = MOST_UNPACKED
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                with packed.open(name) as inside:
                    for chunk in _chunks(inside):
                        yield chunk
                        left -= len(chunk)
                        if left < 0:
                            return
    else:
        with path.open("rb") as file:
            yield from _chunks(file)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    """Pieces that overlap; a file in UTF-16 has a nought beside each letter."""
    rest = b""
    while chunk := file.read(CHUNK):
        piece = rest + chunk.replace(b"\0", b"")
        yield piece
        rest = piece[-OVERLAP:]


def of_file(path: Path) -> tuple[list[Export], bool]:
    """The exports a file comes from, the newest first; and whether it is the very file that was made."""
    digest = digest_of(path)
    same = list(whole().filter(digest=digest))
    return (same, True) if same else (list(whole().filter(mark__in=marks_in(path)).order_by("-id")), False)
