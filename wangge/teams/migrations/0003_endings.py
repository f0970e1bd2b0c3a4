"""Sessions end in the database with what opened them; a phone is bound only for workers one may bind it for."""

from pathlib import Path

from django.db import migrations

TEAM = "(select wg_has_role('secretary')) or (select wg_has_role('town_staff'))"
SECURITY = "(select wg_has_role('security_admin'))"
BY_BEARER = "secret_digest = (select wg_bearer()) or offer_digest = (select wg_bearer())"
MINE = (
    f"account_id = (select wg_actor()) or {BY_BEARER} or {SECURITY}"
    f" or (area_id = any ((select wg_areas())::int[]) and ({TEAM}))"
)
OFFER = "area_id = any ((select wg_areas())::int[]) and wg_may_bind(account_id)"


class Migration(migrations.Migration):
    dependencies = (("teams", "0002_rows"),)
    operations = (
        migrations.RunSQL(Path(__file__).with_name("endings.sql").read_text(encoding="utf-8")),
        migrations.RunSQL(
            "drop policy teams_device_read on teams_device;"
            "drop policy teams_device_insert on teams_device;"
            "drop policy teams_device_update on teams_device;"
            f"create policy teams_device_read on teams_device for select to wg_app using ({MINE});"
            f"create policy teams_device_insert on teams_device for insert to wg_app with check ({OFFER});"
            f"create policy teams_device_update on teams_device for update to wg_app using ({MINE}) with check ({MINE})"
        ),
    )
