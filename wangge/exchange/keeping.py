"""What imports and exports leave behind, and when it goes."""

from datetime import date
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import TruncDate

from wangge.core.retention import Start, Way
from wangge.exchange.actions.removing import remove_exports, remove_rows
from wangge.exchange.models import Export, Row
from wangge.jobs.keeping import OfRows, end_of, register

NOWHERE = Value(None, output_field=IntegerField(null=True))
OVER = ("committed", "undone", "refused")


def rows_finished(newest: date) -> QuerySet[Any]:
    """Staged rows of imports that are over."""
    found = Row.objects.filter(of__state__in=OVER, of__finished_at__lt=end_of(newest)).select_related("of")
    return found.annotate(lies_in=NOWHERE, begun=TruncDate(F("of__finished_at"))).only("pk", "of__id")


def exports_over(newest: date) -> QuerySet[Any]:
    """Requests for lists whose file is gone."""
    found = Export.objects.filter(ended_at__lt=end_of(newest)).exclude(state__in=("asked", "approved", "made"))
    return found.annotate(lies_in=NOWHERE, begun=TruncDate(F("ended_at"))).only("pk")


def register_all() -> None:
    """Say it once, when the app is ready."""
    register(
        OfRows("import_finished", Row._meta.db_table, Start.CLOSED, Way.ROW, rows_finished, remove_rows, locks=("of",)),
        OfRows("export_over", Export._meta.db_table, Start.EXPIRED, Way.ROW, exports_over, remove_exports),
    )
