"""What imports and exports leave behind goes when its time is over."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from wangge.exchange import export_files, reading
from wangge.exchange.models import Change, Doubt, Export, Row


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


def remove_exports(ids: Sequence[int], _newest: date) -> Mapping[str, int]:
    """Remove requests; a file that is still there although its time is over goes first."""
    for name in Export.objects.filter(pk__in=ids).exclude(stored="").values_list("stored", flat=True):
        export_files.remove(name)
    Export.objects.filter(pk__in=ids).delete()
    return {}


def what_imports_noted(label: str) -> Callable[[Sequence[int]], int]:
    """Removes what imports noted of records of a table; they name it without a foreign key."""

    def remove(records: Sequence[int]) -> int:
        return Change.objects.filter(table__iexact=label, record__in=records).delete()[0]

    return remove
