"""The house itself counts and removes sessions that are over; nobody else reads them."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("access", "0009_areas"),)
    operations = (
        migrations.RunSQL(
            Path(__file__).with_name("sessions_over.sql").read_text(encoding="utf-8"),
            "drop function wg_forget_sessions(text[], timestamptz);"
            " drop function wg_take_sessions(timestamptz, integer); drop function wg_sessions_over(timestamptz)",
        ),
    )
