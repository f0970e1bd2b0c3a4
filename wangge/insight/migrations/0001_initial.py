"""Counts of past days, the days that are counted, and what changed since."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0003_belonging"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountedDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("begins_at", models.DateTimeField(unique=True)),
                ("ends_at", models.DateTimeField()),
                ("xid", models.BigIntegerField(default=0)),
                ("ready", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "area",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DayCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("whole", models.BooleanField()),
                ("reports", models.IntegerField(default=0)),
                ("voided", models.IntegerField(default=0)),
                ("duplicates", models.IntegerField(default=0)),
                ("closed", models.IntegerField(default=0)),
                ("asked", models.IntegerField(default=0)),
                ("answered", models.IntegerField(default=0)),
                ("solved", models.IntegerField(default=0)),
                (
                    "dispatch",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "close",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="insight_daycount_day")],
                "constraints": [models.UniqueConstraint(fields=("area", "whole", "day"), name="insight_daycount_once")],
            },
        ),
    ]
