"""Three roles, each with a password on the socket too, and none may do the other's work."""

import re

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from wangge.web.postgres import roles
from wangge.web.postgres.cluster import Cluster
from wangge.web.postgres.layout import ROLES, Role

NAME, PHONE = "孙奶奶（虚构）", "138 0000 1111"


@pytest.mark.parametrize("role", ROLES)
def test_every_role_enters_with_its_password_only(cluster: Cluster, role: Role) -> None:
    with psycopg.connect(cluster.dsn(role)) as connection:
        assert connection.execute("select current_user").fetchone() == (role,)
    for password in ("", "wrong", cluster.home.password("wg_app" if role != "wg_app" else "wg_owner")):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(make_conninfo(cluster.dsn(role), password=password))


def test_replication_asks_for_a_password_and_for_super(cluster: Cluster) -> None:
    address = make_conninfo(cluster.dsn("wg_super"), replication="true")
    with psycopg.connect(address, autocommit=True) as connection:
        assert connection.execute("IDENTIFY_SYSTEM").fetchone() is not None
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(make_conninfo(address, password="wrong"))
    for dsn in (cluster.dsn("wg_owner"), cluster.dsn("wg_app")):
        with pytest.raises(psycopg.OperationalError, match="no pg_hba.conf entry"):
            psycopg.connect(make_conninfo(dsn, replication="true"))


def test_the_server_listens_on_a_private_socket_only(cluster: Cluster) -> None:
    with psycopg.connect(cluster.dsn("wg_super")) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
    assert cluster.home.sockets.stat().st_mode & 0o777 == 0o700
    assert (cluster.home.sockets / ".s.PGSQL.5432").stat().st_mode & 0o777 == 0o700
    assert [(cluster.home.secrets / role).stat().st_mode & 0o777 for role in ROLES] == [0o600] * 3


def test_chinese_text_has_trigrams(cluster: Cluster) -> None:
    with psycopg.connect(cluster.dsn("wg_app")) as connection:
        row = connection.execute("select cardinality(show_trgm('网格')), '网' ~ '^\\w$', upper('ä')").fetchone()
    assert row == (3, True, "Ä")


@pytest.mark.parametrize(
    "order",
    [
        "create table t (a int)",
        "create temporary table t (a int)",
        "create schema s",
        "create function f() returns int language sql as 'select 1'",
        "create extension hstore",
        "create database d",
        "create role r",
        "set role wg_owner",
        "set role wg_super",
        "set log_min_messages to error",
        "alter system set fsync to off",
    ],
)
def test_the_app_makes_nothing_and_becomes_nobody(cluster: Cluster, order: str) -> None:
    refusals = (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported)
    with psycopg.connect(cluster.dsn("wg_app"), autocommit=True) as connection, pytest.raises(refusals):
        connection.execute(order.encode())


def test_the_owner_makes_tables_that_the_app_gets_no_right_to(cluster: Cluster) -> None:
    with psycopg.connect(cluster.dsn("wg_owner")) as connection:
        connection.execute("create table if not exists closed (a int)")
    with psycopg.connect(cluster.dsn("wg_app")) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("select * from closed")


def test_settling_twice_changes_nothing(cluster: Cluster) -> None:
    before, passwords = _state(cluster), [cluster.home.password(role) for role in ROLES]
    roles.settle(cluster)
    assert (_state(cluster), [cluster.home.password(role) for role in ROLES]) == (before, passwords)
    assert before["roles"] == [
        ("wg_app", False, False, False, False, False, ["search_path=public, pg_temp", "log_min_messages=log"]),
        ("wg_owner", False, False, False, False, False, ["search_path=public, pg_temp", "log_min_messages=log"]),
        ("wg_super", True, True, True, True, True, None),
    ]
    assert before["defaults"] == []


def test_a_changed_right_is_brought_back(cluster: Cluster) -> None:
    before = _state(cluster)
    with psycopg.connect(cluster.dsn("wg_super"), autocommit=True) as connection:
        connection.execute("grant create on schema public to wg_app")
        connection.execute("grant temporary on database wangge to public")
        connection.execute("alter role wg_app bypassrls createdb password 'known'")
    assert _state(cluster) != before
    roles.settle(cluster)
    assert _state(cluster) == before
    psycopg.connect(cluster.dsn("wg_app")).close()


def test_another_database_is_settled_the_same_way(cluster: Cluster) -> None:
    roles.settle(cluster, "test_wangge")
    with psycopg.connect(cluster.dsn("wg_app", "test_wangge")) as connection:
        assert connection.execute("select cardinality(show_trgm('桂花社区'))").fetchone() == (5,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("create temporary table t (a int)")


def test_the_app_cannot_look_into_other_databases(cluster: Cluster) -> None:
    for other in ("postgres", "template1"):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(cluster.dsn("wg_app", other))


def test_what_people_wrote_never_reaches_the_server_log(cluster: Cluster) -> None:
    with psycopg.connect(cluster.dsn("wg_owner")) as connection:
        connection.execute("create table if not exists heard (name text unique, age int check (age < 150))")
        connection.execute("grant insert, select on heard to wg_app")
    said = _sin(cluster, "wg_app", psycopg.Connection) + _sin(cluster, "wg_app", psycopg.ClientCursor)
    said += _sin(cluster, "wg_owner", psycopg.Connection)
    assert [(NAME in text, PHONE in text) for text in said] == [(True, False), (False, True), (True, False)] * 3
    log = cluster.home.log.read_text()
    assert (log.count(NAME), log.count(PHONE), log.count("heard")) == (0, 0, 0)


def test_the_log_still_tells_the_errors_of_the_server_itself_without_their_rows(cluster: Cluster) -> None:
    with psycopg.connect(cluster.dsn("wg_super"), autocommit=True) as connection:
        connection.execute("create temporary table aged (name text, age int check (age < 150))")
        with pytest.raises(psycopg.errors.CheckViolation, match=NAME):
            connection.execute("insert into aged values (%s, %s)", [NAME, 200])
    log = cluster.home.log.read_text()
    assert (re.findall(r'\d+\] 23514 ERROR:  new row for relation "aged"', log) != [], log.count(NAME)) == (True, 0)


def _sin(cluster: Cluster, role: Role, way: type) -> list[str]:
    """What the client is told after three refused inserts: too old, not a number, and there already."""
    said = []
    with psycopg.connect(cluster.dsn(role), autocommit=True) as connection:
        if way is psycopg.ClientCursor:
            connection.cursor_factory = psycopg.ClientCursor
        for name, age in ((NAME, 200), ("陈（虚构）", PHONE), (NAME, 70), (NAME, 71)):
            try:
                connection.execute("insert into heard (name, age) values (%s, %s)", [name, age])
            except psycopg.Error as error:
                said.append(str(error))
    return said[:3]


def _state(cluster: Cluster) -> dict[str, object]:
    questions: dict[str, str] = {
        "roles": "select rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolconfig "
        "from pg_roles where rolname like 'wg%' order by 1",
        "databases": "select datname, datdba::regrole::text, datacl::text from pg_database where datname = 'wangge'",
        "schemas": "select nspname, nspowner::regrole::text, nspacl::text from pg_namespace where nspname = 'public'",
        "members": "select roleid::regrole::text from pg_auth_members where member::regrole::text like 'wg%'",
        "defaults": "select * from pg_default_acl",
    }
    with psycopg.connect(cluster.dsn("wg_super")) as connection:
        return {name: connection.execute(text.encode()).fetchall() for name, text in questions.items()}
