"""The change poll in one question; a contact asks for its own case instead of for all one sees."""

from pathlib import Path

from django.db import migrations

REACHES_REPORTERS = (
    "exists (select from cases_case c where c.id = case_id and c.area_id in (select unnest(wg_areas())))"
    " and ((select wg_has_role('acceptor')) or (select wg_has_role('checker')) or (select wg_has_role('duty_chief'))"
    " or (select wg_has_role('system')))"
)


class Migration(migrations.Migration):
    dependencies = (("cases", "0005_free_number"),)
    operations = (
        migrations.RunSQL(Path(__file__).with_name("news.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(f"alter policy cases_contact_read on cases_contact using ({REACHES_REPORTERS})"),
    )
