"""The reach of an actor in one indexed read, and entering a transaction in one question."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("access", "0002_functions"),)
    operations = (migrations.RunSQL(Path(__file__).with_name("reach.sql").read_text(encoding="utf-8")),)
