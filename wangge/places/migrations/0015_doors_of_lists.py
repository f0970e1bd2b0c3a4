"""A job that brings lists in looks doors up by the million: it does not go through all grids for each."""

from django.db import migrations

BEFORE = "area_id = any ((select places_door_areas())::int[])"


def _read(rule: str) -> str:
    return f"alter policy places_dwelling_read on places_dwelling using ({rule})"


class Migration(migrations.Migration):
    dependencies = (("places", "0014_draft_names"), ("access", "0007_importing"))
    operations = (migrations.RunSQL(_read(f"(select wg_importing()) or {BEFORE}"), _read(BEFORE)),)
