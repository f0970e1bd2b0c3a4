"""Who knows a case's number and code may read it: the code's keyed digest stands in the transaction's settings."""

from django.db import migrations

from wangge.access.rls import IN_MY_AREAS

SEEN = f"{IN_MY_AREAS} or lead_id = any ((select wg_organisations())::int[]) or tracking_digest = (select wg_bearer())"
BY_CODE = (
    "number = (select split_part(current_setting('wg.code', true), '|', 1))"
    " and code_digest = (select decode(split_part(current_setting('wg.code', true), '|', 2), 'hex'))"
)


class Migration(migrations.Migration):
    dependencies = (("cases", "0002_rows"),)
    operations = (
        migrations.RunSQL(
            f"alter policy cases_case_read on cases_case using ({SEEN} or ({BY_CODE}))",
            f"alter policy cases_case_read on cases_case using ({SEEN})",
        ),
    )
