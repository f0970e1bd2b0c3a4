"""The system sees every contact and seals it anew when a key is exchanged; nobody else ever changes one."""

from django.db import migrations

SYSTEM = "(select wg_has_role('system'))"


class Migration(migrations.Migration):
    dependencies = (("cases", "0021_former_area"),)

    operations = (
        migrations.RunSQL(
            f"create policy cases_contact_whole on cases_contact for select to wg_app using ({SYSTEM});"
            " create policy cases_contact_update on cases_contact for update to wg_app"
            f" using ({SYSTEM}) with check ({SYSTEM})",
            "drop policy cases_contact_update on cases_contact; drop policy cases_contact_whole on cases_contact",
        ),
    )
