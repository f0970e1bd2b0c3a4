"""The newest change anywhere, as a bare number: what a process asks a few times a second for all its open pages."""

from django.db import migrations

LATEST = """
create function cases_latest() returns bigint
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(max(changed_xid), 0) from cases_case
$$
"""


class Migration(migrations.Migration):
    dependencies = (("cases", "0009_indexes"),)
    operations = (migrations.RunSQL(LATEST),)
