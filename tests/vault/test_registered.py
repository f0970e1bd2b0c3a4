"""What apps registered as sealed can be sealed anew: the columns are there, and the app may write them."""

from django.db import connection

from wangge.jobs.system import as_system
from wangge.vault import sealed

MAY = "select has_column_privilege('wg_app', %s, %s, 'select') and has_column_privilege('wg_app', %s, %s, 'update')"
SEEN = "select policyname from pg_policies where tablename = %s and cmd in ('ALL', %s) and 'wg_app' = any (roles)"
GUARDED = "select relrowsecurity from pg_class where oid = %s::regclass"


def test_the_registry_names_the_tables_that_hold_sealed_values(db: str) -> None:
    assert {spec.table for spec in sealed.everything()} >= {"cases_contact", "delivery_message", "people_person"}


def test_every_registered_column_can_be_read_and_written_anew(db: str) -> None:
    with as_system("test"), connection.cursor() as cursor:
        for spec in sealed.everything():
            if spec.table.startswith("vt_"):
                continue  # a table of another test's own
            for column in (*spec.columns, *(index.column for index in spec.indexes)):
                cursor.execute(MAY, [spec.table, column] * 2)
                assert cursor.fetchone() == (True,), (spec.table, column)
            cursor.execute(GUARDED, [spec.table])
            if cursor.fetchone() == (True,):
                for verb in ("SELECT", "UPDATE"):
                    cursor.execute(SEEN, [spec.table, verb])
                    assert cursor.fetchall(), (spec.table, verb)
