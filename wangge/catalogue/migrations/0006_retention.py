"""One more kind of entry: how long things are kept."""

from typing import ClassVar

from django.db import migrations, models

KINDS = [
    "branch", "category", "limit", "reason", "function", "role", "law", "field", "purpose", "word", "calendar", "care",
    "uncollected", "need", "retention",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies: ClassVar = [("catalogue", "0005_needs")]
    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="version", name="version_kind_known"),
        migrations.AlterField(
            model_name="version",
            name="kind",
            field=models.CharField(choices=[(kind, kind) for kind in KINDS], max_length=12),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="version_kind_known"),
        ),
    ]
