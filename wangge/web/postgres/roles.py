"""The three roles of the database: super sets up, owner migrates, app serves; none may do the other's work."""

from typing import LiteralString

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

from wangge.web.postgres.checks import check_trigrams
from wangge.web.postgres.cluster import Cluster
from wangge.web.postgres.layout import DATABASE, Role

PLAIN = "login nosuperuser nocreatedb nocreaterole noreplication nobypassrls"
EXTENSIONS = ("pg_trgm", "btree_gist")
HELD: dict[str, LiteralString] = {
    # Temporary tables come last: one named like ours must not be found first.
    "search_path": "public, pg_temp",
    # What people wrote stands in error messages; the application logs the error's code itself.
    "log_min_messages": "log",
}


def settle(cluster: Cluster, dbname: str = DATABASE) -> None:
    """Bring roles, database, extensions and rights to what they should be; harmless to repeat.

    The server must run. Rights on single tables are not given here and there are no default privileges:
    the application lists its grants in one file and applies them after each migration.
    """
    with psycopg.connect(cluster.dsn("wg_super", "postgres"), autocommit=True) as connection:
        for role in ("wg_owner", "wg_app"):
            _settle_role(connection, role, cluster.home.make_password(role))
        if connection.execute("select 1 from pg_database where datname = %s", [dbname]).fetchone() is None:
            connection.execute(SQL("create database {} owner wg_owner template template0").format(Identifier(dbname)))
        if cluster.binaries.version[0] >= 16:
            connection.execute("grant pg_use_reserved_connections to wg_owner")
        for other in ("postgres", "template1"):
            connection.execute(SQL("revoke all on database {} from public").format(Identifier(other)))
    with psycopg.connect(cluster.dsn("wg_super", dbname), autocommit=True) as connection:
        _settle_database(connection, dbname)


def _settle_role(connection: psycopg.Connection, role: Role, password: str) -> None:
    name = Identifier(role)
    if connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone() is None:
        connection.execute(SQL("create role {}").format(name))
    # Only the digest of the password travels.
    digest = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    alter = SQL("alter role {} {} password {}")
    connection.execute(alter.format(name, SQL(PLAIN), Literal(digest)))
    for setting, value in HELD.items():
        connection.execute(SQL("alter role {} set {} to {}").format(name, Identifier(setting), SQL(value)))


def _settle_database(connection: psycopg.Connection, dbname: str) -> None:
    check_trigrams(connection)
    for extension in EXTENSIONS:
        connection.execute(SQL("create extension if not exists {} schema public").format(Identifier(extension)))
    database = Identifier(dbname)
    orders: list[SQL | Composed] = [
        SQL("alter database {} owner to wg_owner").format(database),
        SQL("revoke all on database {} from public, wg_app").format(database),
        SQL("grant connect on database {} to wg_app").format(database),
        SQL("alter schema public owner to wg_owner"),
        SQL("revoke all on schema public from public, wg_app"),
        SQL("grant usage on schema public to wg_app"),
    ]
    for order in orders:
        connection.execute(order)
