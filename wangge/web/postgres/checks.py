"""What must be true of a server before anybody writes to it."""

import psycopg

from wangge.web.postgres import config
from wangge.web.trouble import Trouble, gettext_noop


class ServerTrouble(Trouble):
    """The server cannot be made or started, or must not be used."""


def check_trigrams(connection: psycopg.Connection) -> None:
    """Refuse a locale in which Chinese cannot be searched."""
    connection.execute("create extension if not exists pg_trgm")
    row = connection.execute("select public.show_trgm('网格')").fetchone()
    if row is None or not row[0]:
        deaf = gettext_noop(
            "This database cannot search Chinese text: it was made with a character type other than C.UTF-8. "
            "Make a new one with `wangge up` in an empty home and bring the data over."
        )
        raise ServerTrouble(deaf)


def check_durable(connection: psycopg.Connection) -> None:
    """Refuse a server, database or role on which an acknowledged write may be lost with the power."""
    off = connection.execute(
        "select name from pg_settings where name = any(%s) and setting <> 'on'", [list(config.MUST_BE_ON)]
    ).fetchall()
    off += connection.execute(
        "select s from pg_db_role_setting, unnest(setconfig) s where split_part(s, '=', 1) = any(%s)",
        [list(config.MUST_BE_ON)],
    ).fetchall()
    if off:
        risky = gettext_noop(
            "Writes would not be safe here: %(names)s must be on. Reset it (ALTER SYSTEM, ALTER ROLE) and start again."
        )
        raise ServerTrouble(risky, names=", ".join(row[0] for row in off))
