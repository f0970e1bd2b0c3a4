"""What imports and exports leave behind, and when it goes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import TruncDate

from wangge.core.retention import Start, Way
from wangge.exchange import export_files, reading
from wangge.exchange.models import Change, Doubt, Export, Row
from wangge.jobs.keeping import OfRows, end_of, register

NOWHERE = Value(None, output_field=IntegerField(null=True))
OVER = ("committed", "undone", "refused")


def rows_finished(newest: date) -> QuerySet[Any]:
    """Staged rows of imports that are over."""
    found = Row.objects.filter(of__state__in=OVER, of__finished_at__lt=end_of(newest)).select_related("of")
    return found.annotate(lies_in=NOWHERE, begun=TruncDate(F("of__finished_at"))).only("pk", "of__id")


def remove_rows(ids: Sequence[int], _newest: date) -> Mapping[str, int]:
    """Remove staged rows with the doubts about them, what they noted to be given back, and what is on the disk."""
    of: dict[int, list[int]] = defaultdict(list)
    stored = set()
    for held, number, name in Row.objects.filter(pk__in=ids).values_list("of_id", "number", "of__stored"):
        of[held].append(number)
        stored.add(name)
    along: dict[str, int] = defaultdict(int)
    for held, numbers in of.items():
        for rows in (Doubt.objects, Change.objects):
            gone = rows.filter(of_id=held, number__in=numbers).delete()[0]
            along[rows.model._meta.db_table] += gone
    Row.objects.filter(pk__in=ids).delete()
    for name in stored:
        reading.remove(name)
    return {table: rows for table, rows in along.items() if rows}


def exports_over(newest: date) -> QuerySet[Any]:
    """Requests for lists whose file is gone."""
    found = Export.objects.filter(ended_at__lt=end_of(newest)).exclude(state__in=("asked", "approved", "made"))
    return found.annotate(lies_in=NOWHERE, begun=TruncDate(F("ended_at"))).only("pk")


def remove_exports(ids: Sequence[int], _newest: date) -> Mapping[str, int]:
    """Remove requests; a file that is still there although its time is over goes first."""
    for name in Export.objects.filter(pk__in=ids).exclude(stored="").values_list("stored", flat=True):
        export_files.remove(name)
    Export.objects.filter(pk__in=ids).delete()
    return {}


def register_all() -> None:
    """Say it once, when the app is ready."""
    register(
        OfRows("import_finished", Row._meta.db_table, Start.CLOSED, Way.ROW, rows_finished, remove_rows, locks=("of",)),
        OfRows("export_over", Export._meta.db_table, Start.EXPIRED, Way.ROW, exports_over, remove_exports),
    )
