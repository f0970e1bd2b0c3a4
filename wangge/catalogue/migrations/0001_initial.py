"""The table of versions."""

from typing import ClassVar

from django.db import migrations, models

KINDS = ["branch", "category", "limit", "reason", "function", "role", "purpose", "word", "calendar"]


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=12)),
                ("code", models.CharField(max_length=160)),
                ("number", models.PositiveIntegerField()),
                ("body", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("since", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "code", "number"), name="version_once"),
                    models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="version_kind_known"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="version_counts_from_one"),
                ],
            },
        ),
    ]
