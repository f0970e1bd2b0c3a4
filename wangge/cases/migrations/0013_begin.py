"""A case begins in one question to the database: looking its number up, adding it, adding its first step; its words are cut into pairs."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("cases", "0012_open_due"),)
    operations = tuple(
        migrations.RunSQL(Path(__file__).with_name(name).read_text(encoding="utf-8"))
        for name in ("begin.sql", "pairs.sql")
    )
