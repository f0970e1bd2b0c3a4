"""Lists of organisations and of staff: what a unit is, and how both are given back."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("department", "Department"),
    ("town", "Town office"),
    ("community", "Community body"),
    ("public", "Public institution"),
    ("firm", "Firm"),
    ("society", "Society"),
]


class Migration(migrations.Migration):
    dependencies = (("teams", "0004_guards"), ("access", "0007_importing"), ("exchange", "0001_initial"))
    operations = (
        migrations.AddField(
            "organisation", "kind", models.CharField(choices=KINDS, db_default="", default="", max_length=12)
        ),
        migrations.AddField("organisation", "uscc", models.CharField(db_default="", default="", max_length=18)),
        migrations.AddField(
            "organisation",
            "parent",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.organisation"
            ),
        ),
        migrations.RunSQL(Path(__file__).with_name("importing.sql").read_text(encoding="utf-8")),
    )
