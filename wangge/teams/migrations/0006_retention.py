"""The house itself removes codes to bind a phone that nobody used in time."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("teams", "0005_importing"),)
    operations = (
        migrations.RunSQL(
            "create policy teams_device_whole on teams_device for select to wg_app using ((select wg_has_role('system')))",
            "drop policy teams_device_whole on teams_device",
        ),
        migrations.RunSQL(
            "create policy teams_device_delete on teams_device for delete to wg_app using ((select wg_has_role('system')) and state = 'offered')",
            "drop policy teams_device_delete on teams_device",
        ),
    )
