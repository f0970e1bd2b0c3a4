"""The functions that every request asks keep their plans."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("access", "0004_receipt"),)
    operations = (migrations.RunSQL(Path(__file__).with_name("plans.sql").read_text(encoding="utf-8")),)
