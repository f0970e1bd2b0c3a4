"""Which area lay in which, from when to when: the tree of any day can be asked."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("places", "0002_rows"),)
    operations = (
        migrations.CreateModel(
            name="Belonging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="belongings", to="places.area"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["parent"], name="places_belonging_parent")],
                "constraints": [
                    models.UniqueConstraint(fields=("child", "valid_from"), name="places_belonging_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="places_belonging_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.RunSQL(Path(__file__).with_name("belonging.sql").read_text(encoding="utf-8")),
    )
