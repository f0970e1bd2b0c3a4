"""Tables with sealed values are written anew before a copy is taken: a removed row leaves its bytes on the page.

PostgreSQL marks what was removed and uses its place again some day; until then a physical copy would carry it along,
and its keys would open it. A table written anew holds the living rows only.
"""

from collections.abc import Iterable

import psycopg
from psycopg.errors import LockNotAvailable
from psycopg.sql import SQL, Identifier

from wangge.web.postgres.cluster import Cluster

WAIT = "30s"
CHANGED = """
select relname from pg_stat_user_tables
 where relname = any (%s) and schemaname = 'public' and n_tup_del + n_tup_upd > 0 order by relname
"""
"""The counters begin anew after a crash; so does the house, by writing every table once more than it must."""


def rewrite(cluster: Cluster, tables: Iterable[str]) -> list[str]:
    """Write those of the tables anew that rows were changed in or removed from; return those that were too busy.

    Eight seconds for a million residents on two cores, in which nobody reads the table.
    """
    busy = []
    with psycopg.connect(cluster.dsn("wg_super"), autocommit=True) as server:
        server.execute(SQL("set lock_timeout = {}").format(WAIT))
        for (table,) in server.execute(CHANGED, [list(tables)]).fetchall():
            try:
                server.execute(SQL("vacuum (full, analyze) {}").format(Identifier(table)))
            except LockNotAvailable:
                busy.append(table)
    return busy
