"""Who reaches every area but those above his own need not have thousands counted for each statement."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("places", "0015_doors_of_lists"), ("access", "0010_sessions_over"))
    operations = (migrations.RunSQL(Path(__file__).with_name("beyond.sql").read_text(encoding="utf-8")),)
