"""Writing and giving back records of an import: called by the app's own actions, which leave the entry in the book."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from wangge.access.action import note
from wangge.exchange.models import Change
from wangge.exchange.queries import records
from wangge.exchange.queries.staging import objects_of


@dataclass(frozen=True)
class Written:
    """What was written, as the ledger names it."""

    ledger_subject: str
    ledger_area: int | None = None


def write(made: Sequence[Model], changed: Sequence[tuple[Model, tuple[str, ...]]], *, app: str, of: int) -> Written:
    """Insert what is made and save what is changed, rows of the app's own tables only."""
    digest, models = hashlib.sha256(), list(dict.fromkeys(type(one) for one in made))
    if any(row._meta.app_label != app for row in (*made, *(one for one, _ in changed))):
        raise ValueError(f"these rows are not all written by {app}")
    for model in models:
        sent = records.insert([one for one in made if type(one) is model])
        digest.update(f"{model._meta.label_lower} {sent}".encode())
    for row, names in changed:
        row.save(update_fields=names)
        digest.update(repr([row.pk, *(getattr(row, name) for name in names)]).encode())
    note(rows=len(made), changed=len(changed), digest=digest.hexdigest(), of=of)
    return Written(f"import:{of}")


def give_back(changes: Sequence[Change], *, app: str, of: int) -> Written:
    """Remove what the import had made and set back what it had changed, from the last to the first."""
    digest = hashlib.sha256()
    for (table, made), held in groupby(changes, key=lambda one: (one.table, one.made)):
        model, rows = apps.get_model(table), list(held)
        if model._meta.app_label != app:
            raise ValueError(f"{table} is not written by {app}")
        if made:
            records.remove(model, [one.record for one in rows])
        else:
            for one in rows:
                _set_back(model, one.record, one.before or {})
        for one in rows:
            digest.update(f"{table} {one.record} {made}".encode())
    note(rows=len(changes), digest=digest.hexdigest(), of=of)
    return Written(f"import:{of}")


def _set_back(model: type[Model], pk: int, before: dict[str, Any]) -> None:
    row = objects_of(model).get(pk=pk)
    for name, value in before.items():
        field = model._meta.get_field(name)
        assert isinstance(field, Field)
        setattr(row, name, field.to_python(value))
    row.save(update_fields=list(before))
