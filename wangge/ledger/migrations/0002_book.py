"""The book itself: partitions, stamps, seals, and the functions that keep them."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("ledger", "0001_initial"), ("access", "0002_functions"))
    operations = (migrations.RunSQL(Path(__file__).with_name("ledger.sql").read_text(encoding="utf-8")),)
