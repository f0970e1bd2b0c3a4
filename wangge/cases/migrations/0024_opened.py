"""The reporter is told who opened the number left with the report."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("cases", "0023_retention"), ("ledger", "0004_plan"))

    operations = (
        migrations.RunSQL(
            Path(__file__).with_name("opened.sql").read_text(encoding="utf-8"), "drop function cases_opened()"
        ),
    )
