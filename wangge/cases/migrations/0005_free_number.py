"""A drawn number is looked up before it is given: one report in a few hundred would have met another's of its day."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("cases", "0004_reach"),)
    operations = (migrations.RunSQL(Path(__file__).with_name("free.sql").read_text(encoding="utf-8")),)
