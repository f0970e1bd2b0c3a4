"""The house itself removes the reporter's number and the photos when a closed case's time is over."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("cases", "0022_reseal"),)
    operations = (
        migrations.RunSQL(
            "create policy cases_contact_delete on cases_contact for delete to wg_app using ((select wg_has_role('system')))",
            "drop policy cases_contact_delete on cases_contact",
        ),
        migrations.RunSQL(
            "create policy cases_photo_delete on cases_photo for delete to wg_app using ((select wg_has_role('system')))",
            "drop policy cases_photo_delete on cases_photo",
        ),
    )
