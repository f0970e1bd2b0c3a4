"""The house itself removes what an import left, and requests for exports, when their time is over."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("exchange", "0005_of_secretaries"),)
    operations = (
        migrations.RunSQL(
            "create policy exchange_change_delete on exchange_change for delete to wg_app using ((select wg_has_role('system')))",
            "drop policy exchange_change_delete on exchange_change",
        ),
        migrations.RunSQL(
            "create policy exchange_export_delete on exchange_export for delete to wg_app using ((select wg_has_role('system')))",
            "drop policy exchange_export_delete on exchange_export",
        ),
    )
