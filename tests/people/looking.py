"""Looks planted in the book as if they had been made at another time. All persons are invented."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import psycopg

from wangge.web.postgres.cluster import Cluster


@dataclass(frozen=True)
class Planted:
    """One look that nobody made."""

    at: datetime
    account: int
    area: int | None = None
    role: str = "grid_worker"
    purpose: str = "visit"
    field: str = "phone"
    task: str = ""
    subject: str = "person:1"

    def row(self, number: int) -> tuple[object, ...]:
        facts = {"field": self.field, "purpose": self.purpose, "role": self.role, "task": self.task}
        return (number, self.at, 1, self.account, "duty", "person.open", self.subject, self.area, json.dumps(facts))


def plant(cluster: Cluster, database: str, looks: Iterable[Planted]) -> None:
    """Write them behind the triggers' back, under numbers that the book has not come to."""
    columns = "id, at, xid, actor_id, purpose, verb, subject, area_id, facts"
    with psycopg.connect(cluster.dsn("wg_super", database)) as superuser:
        superuser.execute("set session_replication_role = replica")
        with superuser.cursor().copy(f"copy ledger_entry ({columns}) from stdin") as copy:
            for number, look in enumerate(looks, 10_000_000):
                copy.write_row(look.row(number))
        superuser.execute("analyze ledger_entry")
