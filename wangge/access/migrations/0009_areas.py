"""Whoever has posts at one root is told his areas in a third of the time: every statement of a page asks for them."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("access", "0008_reach_version"),)
    operations = (migrations.RunSQL(Path(__file__).with_name("areas.sql").read_text(encoding="utf-8")),)
