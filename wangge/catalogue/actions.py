"""The one write of the catalogue: keep new versions of what has changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from wangge.access.action import action, by_the_system, note
from wangge.access.actor import Actor
from wangge.catalogue.compare import Change, changes
from wangge.catalogue.models import Version
from wangge.catalogue.queries import kept, look_again
from wangge.catalogue.reading import Body


@dataclass(frozen=True)
class Loaded:
    """What a loading did; the ledger entry is about the catalogue as a whole."""

    changes: tuple[Change, ...]
    ledger_subject: str = "catalogue"
    ledger_area: int | None = None

    def count(self, what: str) -> int:
        return sum(change.what == what for change in self.changes)


@action("catalogue.load", needs=by_the_system)
def load(bodies: Iterable[Body], *, by: Actor, now: datetime) -> Loaded:
    """Keep a new version of every entry whose body has changed since the newest version; nothing else is written.

    `bodies` are the whole of every kind among them: entries kept but missing are withdrawn by a version that says so.
    Running cases point at versions and keep theirs. Raises IntegrityError when two loadings meet.
    """
    found = tuple(changes(bodies, kept()))
    last = {(kind, code): number for kind, code, number in _numbers()} if found else {}
    Version.objects.bulk_create(
        Version(
            kind=change.kind.value,
            code=change.code,
            number=last.get((change.kind.value, change.code), 0) + 1,
            body=change.body,
            digest=Body(change.kind, change.code, change.body).digest,
            since=now,
        )
        for change in found
    )
    look_again()
    note(changed=len(found))
    return Loaded(found)


def _numbers() -> Iterable[tuple[str, str, int]]:
    return Version.objects.values_list("kind", "code").annotate(last=Max("number")).order_by()
