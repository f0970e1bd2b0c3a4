"""Lists may be brought in by the system administrator's jobs, and given back; buildings know what was estimated."""

from pathlib import Path

from django.db import migrations, models

REGISTER = ("area", "areacode", "grid", "compound", "building", "address", "dwelling")
KEY = {"grid": "area_id"}


def policies(table: str) -> str:
    """Write in a job for importing; remove only what the import under way had made."""
    name = f"places_{table}"
    return (
        f"alter policy {name}_insert on {name} with check ((select wg_importing()));"
        f"alter policy {name}_update on {name} with check ((select wg_importing()));"
        f"create policy {name}_delete on {name} for delete to wg_app"
        f" using (exchange_made('places.{table}', {KEY.get(table, 'id')}))"
    )


class Migration(migrations.Migration):
    dependencies = (("places", "0004_changes"), ("access", "0007_importing"), ("exchange", "0001_initial"))
    operations = (
        migrations.AddField("building", "units", models.IntegerField(null=True)),
        migrations.AddField("building", "homes", models.IntegerField(null=True)),
        migrations.AddField("building", "estimated", models.CharField(db_default="", default="", max_length=40)),
        migrations.RunSQL(Path(__file__).with_name("importing.sql").read_text(encoding="utf-8")),
        *(migrations.RunSQL(policies(table)) for table in REGISTER),
    )
