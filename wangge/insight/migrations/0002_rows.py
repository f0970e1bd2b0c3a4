"""Counts are seen by area as cases are; triggers note what changes a day that is counted."""

from pathlib import Path

from django.db import migrations

from wangge.access.rls import guard

SYSTEM = "(select wg_has_role('system'))"
IN_MY_AREAS = "area_id in (select unnest((select wg_areas())))"


class Migration(migrations.Migration):
    dependencies = (("insight", "0001_initial"), ("cases", "0016_figures"), ("places", "0003_belonging"))
    operations = (
        guard("insight_daycount", read=IN_MY_AREAS, insert=SYSTEM, update=SYSTEM),
        guard("insight_mark", read=IN_MY_AREAS),
        migrations.RunSQL(
            f"create policy insight_mark_delete on insight_mark for delete to wg_app using ({SYSTEM});"
            "create policy insight_mark_noted on insight_mark for insert to wg_owner with check (true)",
        ),
        migrations.RunSQL(Path(__file__).with_name("marks.sql").read_text(encoding="utf-8")),
    )
