"""The tables of years and days."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="Year",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                (
                    "status",
                    models.CharField(choices=[("official", "official"), ("provisional", "provisional")], max_length=12),
                ),
                ("source_zh", models.CharField(max_length=200)),
                ("source_en", models.CharField(max_length=300)),
                ("loaded_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["official", "provisional"])), name="year_status_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Day",
            fields=[
                ("date", models.DateField(primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("holiday", "holiday"), ("workday", "workday")], max_length=8)),
                ("name_zh", models.CharField(max_length=200)),
                ("name_en", models.CharField(max_length=300)),
                (
                    "year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="days", to="clocks.year"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["holiday", "workday"])), name="day_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date__year", models.F("year_id"))), name="day_in_its_year"
                    ),
                ],
            },
        ),
    ]
