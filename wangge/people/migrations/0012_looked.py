"""One function tells a person's looks, those at their carers among them."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("people", "0011_canaries"), ("ledger", "0004_plan"))

    operations = (migrations.RunSQL(Path(__file__).with_name("looked.sql").read_text(encoding="utf-8")),)
