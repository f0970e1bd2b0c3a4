"""Sessions end in the database with what opened them; a phone is bound only for workers one may bind it for."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("teams", "0002_rows"),)
    operations = (migrations.RunSQL(Path(__file__).with_name("endings.sql").read_text(encoding="utf-8")),)
