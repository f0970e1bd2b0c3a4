"""Lists are written by jobs that the administrator began, never by a page."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("access", "0005_plans"),)
    operations = (
        migrations.RunSQL(
            Path(__file__).with_name("importing.sql").read_text(encoding="utf-8"), "drop function wg_importing()"
        ),
    )
