"""A walk through the database's own catalogue: every table, policy, grant and function is as it was meant."""

import re
from collections.abc import Iterable

import pytest

from tests.access.conftest import Connect, Connection
from wangge.access.grants import DEFINERS, GRANTS

OPEN_TABLES = {  # without row-level security: readable as a whole by whoever may read them, or by the owner alone
    "access_budget", "access_reach", "access_reachversion",
    "access_role", "access_session", "access_sessionkey", "account_emailaddress",
    "account_emailconfirmation", "auth_group", "auth_group_permissions", "auth_permission", "catalogue_version",
    "clocks_day", "clocks_year", "django_content_type", "django_migrations", "django_session", "files_file",
    "insight_countedday", "ledger_cursor", "ledger_seal", "mfa_authenticator", "places_belonging",
    "procrastinate_events", "procrastinate_jobs", "procrastinate_periodic_defers", "procrastinate_workers",
    "teams_account", "vault_compartment", "vault_key", "vault_resealing",
}  # fmt: skip
NOT_FORCED = {"access_post"}  # read by the owner's functions, which decide by it
VERBS = ("select", "insert", "update", "delete", "truncate", "references", "trigger")

UNGUARDED = """
select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'area_id'
 where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
   and (not c.relrowsecurity or not (c.relforcerowsecurity or c.relname = any (%s))
        or not exists (select from pg_policy p where p.polrelid = c.oid))
"""
WITHOUT = """
select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
   and not relrowsecurity
"""
CASCADES = """
select f.conname from pg_constraint f join pg_class c on c.oid in (f.conrelid, f.confrelid)
 where f.contype = 'f' and f.confdeltype not in ('a', 'r') and (c.relrowsecurity or c.relname like 'cases%%')
"""
OURS = """
select p.oid::regprocedure::text, p.proconfig, p.prosecdef from pg_proc p
 where p.pronamespace = 'public'::regnamespace and p.proname not like 'procrastinate%%'
   and p.prosqlbody is null -- one that was parsed when it was made looks nothing up any more
   and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
"""
CALLED = """
select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace
   and has_function_privilege('wg_app', p.oid, 'execute') and p.proname not like 'procrastinate%%'
   and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
"""
HELD = """
select c.relname, v.verb from pg_class c cross join unnest(%s::text[]) as v (verb)
 where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relnamespace = 'public'::regnamespace
   and has_table_privilege('wg_app', c.oid, v.verb)
"""
HELD_BY_COLUMN = """
select c.relname, v.verb, a.attname from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
 cross join unnest(array['insert', 'update']) as v (verb)
 where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
   and has_column_privilege('wg_app', c.oid, a.attnum, v.verb) and not has_table_privilege('wg_app', c.oid, v.verb)
"""


@pytest.fixture
def walker(connect: Connect) -> Connection:
    connection = connect("wg_super")
    connection.autocommit = True
    return connection


def column(connection: Connection, question: str, *given: object) -> set[str]:
    return {str(row[0]) for row in connection.execute(question.encode(), list(given) or None).fetchall()}


def unguarded(connection: Connection) -> set[str]:
    return column(connection, UNGUARDED, sorted(NOT_FORCED))


def loose(rows: Iterable[tuple[str, list[str] | None, bool]]) -> set[str]:
    """Functions of ours whose search path is open or does not end with pg_temp."""
    return {
        name
        for name, settings, _definer in rows
        if not any(re.fullmatch(r"search_path=.*pg_temp", setting) for setting in settings or ())
    }


def listed() -> tuple[set[tuple[str, str]], set[tuple[str, str, str]]]:
    """What grants.py says: (table, verb) and (table, verb, column)."""
    whole: set[tuple[str, str]] = set()
    by_column: set[tuple[str, str, str]] = set()
    for table, verbs in GRANTS.items():
        for verb in verbs:
            if match := re.fullmatch(r"(\w+) \((.+)\)", verb):
                by_column |= {(table, match[1], name.strip()) for name in match[2].split(",")}
            else:
                whole.add((table, verb))
    return whole, by_column


def test_places_are_removed_by_the_import_that_made_them_and_by_nothing_else(walker: Connection) -> None:
    asked = (
        "select tablename || ': ' || qual from pg_policies where cmd in ('DELETE', 'ALL') and tablename like 'places%'"
    )
    policies = column(walker, asked)
    assert len(policies) == 8
    loose = {one for one in policies if "exchange_made" not in one and not one.startswith("places_name: ")}
    assert loose == set()


def test_every_table_with_an_area_is_guarded_partitions_included(walker: Connection) -> None:
    tables = column(walker, UNGUARDED.replace("(not c.relrowsecurity", "(true or not c.relrowsecurity"), [])
    print(f"I1: {len(tables)} tables with an area")
    assert unguarded(walker) == set()
    assert {"cases_case", "ledger_entry", "ledger_entry_default", "places_dwelling"} <= tables


def test_a_planted_table_without_a_policy_is_found(walker: Connection) -> None:
    walker.execute("create table planted (area_id integer)")
    walker.execute("create table planted_half (area_id integer); alter table planted_half enable row level security")
    walker.execute(
        "create table ledger_entry_209901 partition of ledger_entry for values from ('2099-01-01') to ('2099-02-01')"
    )

    assert unguarded(walker) == {"planted", "planted_half", "ledger_entry_209901"}


def test_tables_without_row_security_are_those_of_the_list(walker: Connection) -> None:
    assert column(walker, WITHOUT) - OPEN_TABLES == set()


def test_nothing_scoped_is_deleted_by_cascade(walker: Connection) -> None:
    assert column(walker, CASCADES) == set()


def test_every_function_of_ours_fixes_its_path_with_pg_temp_last(walker: Connection) -> None:
    rows = walker.execute(OURS.encode()).fetchall()
    print(f"I1: {len(rows)} functions, {sum(row[2] for row in rows)} of them definers")
    assert loose(rows) == set()


def test_a_planted_function_with_an_open_path_is_found(walker: Connection) -> None:
    walker.execute("create function planted() returns int language sql security definer as 'select 1'")
    walker.execute(
        "create function planted_first() returns int language sql security definer"
        " set search_path = pg_temp, public as 'select 1'"
    )
    assert loose(walker.execute(OURS.encode()).fetchall()) == {"planted()", "planted_first()"}


def test_the_app_may_call_the_functions_of_the_list_and_no_others(walker: Connection) -> None:
    named = {
        str(row[0]) for name in DEFINERS for row in walker.execute("select %s::regprocedure::text", [name]).fetchall()
    }
    assert column(walker, CALLED) == named


def test_grants_are_exactly_those_of_the_list(walker: Connection) -> None:
    whole, by_column = listed()
    held = set(walker.execute(HELD.encode(), [list(VERBS)]).fetchall())
    narrow = set(walker.execute(HELD_BY_COLUMN.encode()).fetchall())
    print(f"I1: {len(held)} grants on tables, {len(narrow)} on columns")
    assert (held, narrow) == (whole, by_column)


def test_a_planted_grant_is_found(walker: Connection) -> None:
    walker.execute("grant delete on cases_case to wg_app; grant update (at) on ledger_entry to wg_app")
    whole, by_column = listed()

    assert set(walker.execute(HELD.encode(), [list(VERBS)]).fetchall()) - whole == {("cases_case", "delete")}
    assert set(walker.execute(HELD_BY_COLUMN.encode()).fetchall()) - by_column == {("ledger_entry", "update", "at")}


def test_the_app_role_owns_nothing_makes_nothing_and_is_nobody_else(walker: Connection) -> None:
    owned = (
        "select count(*) from pg_shdepend d join pg_roles r on r.oid = d.refobjid"
        " where r.rolname = 'wg_app' and d.deptype = 'o'"
    )
    makes = (
        "select has_database_privilege('wg_app', current_database(), 'temp') or"
        " has_database_privilege('wg_app', current_database(), 'create') or"
        " has_schema_privilege('wg_app', 'public', 'create')"
    )
    powers = (
        "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication from pg_roles"
        " where rolname in ('wg_app', 'wg_owner') order by 1"
    )
    member = (
        "select g.rolname from pg_roles g where g.rolname not in ('wg_app') and pg_has_role('wg_app', g.oid, 'member')"
    )
    assert column(walker, owned) == {"0"}
    assert column(walker, makes) == {"False"}
    assert column(walker, powers) == {"False"}
    assert column(walker, member) == set()


def test_there_are_no_default_privileges_no_views_and_no_foreign_schema(walker: Connection) -> None:
    views = "select relname from pg_class where relkind in ('v', 'm', 'f') and relnamespace = 'public'::regnamespace"
    schemas = "select nspname from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema'"
    assert column(walker, "select oid from pg_default_acl") == set()
    assert column(walker, views) == set()
    assert column(walker, schemas) == {"public"}
