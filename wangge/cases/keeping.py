"""Of a closed case the words stay; the reporter's number and the photos go when their time is over."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate

from wangge.cases.actions.removing import remove_contacts, remove_photos
from wangge.cases.models import WAITS, Case, Contact, Photo
from wangge.core.retention import Start, Way
from wangge.jobs.keeping import OfRows, end_of, register


def _closed(newest: date) -> QuerySet[Case]:
    """Cases that were closed on the day or before and that nobody works on."""
    return Case.objects.filter(~WAITS, stage_at__lt=end_of(newest))


def contacts_over(newest: date) -> QuerySet[Any]:
    """Numbers of reporters of closed cases."""
    found = Contact.objects.filter(case__in=_closed(newest)).select_related("case")
    return _of_case(found).only("pk", "case__id")


def photos_over(newest: date) -> QuerySet[Any]:
    """Photos of closed cases."""
    found = Photo.objects.filter(case__in=_closed(newest)).select_related("case")
    return _of_case(found).only("pk", "case__id")


def _of_case(found: QuerySet[Any]) -> QuerySet[Any]:
    laid: QuerySet[Any] = found.annotate(lies_in=F("case__area_id"), begun=TruncDate(F("case__stage_at")))
    return laid


def register_all() -> None:
    """Say it once, when the app is ready."""
    register(
        OfRows(
            "reporter_contact", Contact._meta.db_table, Start.CLOSED, Way.ROW, contacts_over, remove_contacts,
            locks=("case",),
        ),
        OfRows(
            "case_photo", Photo._meta.db_table, Start.CLOSED, Way.FILE, photos_over, remove_photos, locks=("case",)
        ),
    )  # fmt: skip
