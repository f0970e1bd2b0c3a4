"""Who sees residents: the grid's own worker and the community's secretary."""

from pathlib import Path

from django.db import migrations

from wangge.access.rls import guard

MINE = "area_id = any ((select people_areas())::int[])"
TABLES = ("people_dwellinguse", "people_household", "people_person", "people_occupancy")


class Migration(migrations.Migration):
    dependencies = (("people", "0001_initial"), ("access", "0009_areas"))
    operations = (
        migrations.RunSQL(Path(__file__).with_name("residents.sql").read_text(encoding="utf-8")),
        *(guard(table, read=MINE, insert=MINE, update=MINE) for table in TABLES),
    )
