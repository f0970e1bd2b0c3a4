"""The house itself removes messages when their time is over."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("delivery", "0002_rows"),)
    operations = (
        migrations.RunSQL(
            "create policy delivery_message_delete on delivery_message for delete to wg_app using ((select wg_has_role('system')))",
            "drop policy delivery_message_delete on delivery_message",
        ),
    )
