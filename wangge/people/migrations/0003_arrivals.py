"""Rows of lists of persons on their way in; what an import made may go when it is given back."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from wangge.access.rls import guard

MINE = "(select wg_importing()) or area_id = any ((select people_areas())::int[])"


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0005_of_secretaries"),
        ("people", "0002_rows"),
        ("places", "0015_doors_of_lists"),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrival",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("home", models.BigIntegerField()),
                ("together", models.BinaryField(null=True)),
                ("name", models.BinaryField()),
                ("document", models.BinaryField(null=True)),
                ("phone", models.BinaryField(null=True)),
                ("name_index", models.BinaryField()),
                ("document_index", models.BinaryField(null=True)),
                ("phone_index", models.BinaryField(null=True)),
                (
                    "tenure",
                    models.CharField(
                        choices=[
                            ("owner", "Lives in own home"),
                            ("tenant", "Rents"),
                            ("dormitory", "Employer's dormitory"),
                            ("guest", "Guest"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("first", "Named first"),
                            ("spouse", "Husband or wife"),
                            ("child", "Child"),
                            ("parent", "Parent"),
                            ("relative", "Other relative"),
                            ("sharing", "Shares the home"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("since", models.DateField(null=True)),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("changed", "Changed"),
                            ("same", "Same as before"),
                            ("out", "Left out"),
                        ],
                        max_length=8,
                    ),
                ),
                ("fills", models.CharField(blank=True, default="", max_length=40)),
                ("moves", models.BooleanField(default=False)),
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
                (
                    "community",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.dwelling",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exchange.import",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["of", "dwelling"], name="people_arrival_order")],
                "constraints": [
                    models.UniqueConstraint(fields=("of", "number"), name="people_arrival_once"),
                    models.CheckConstraint(
                        condition=models.Q(("fate__in", ["new", "changed", "same", "out"])), name="people_arrival_fate"
                    ),
                ],
            },
        ),
        guard("people_arrival", read=MINE, insert=MINE, update=MINE),
        migrations.RunSQL(f"create policy people_arrival_delete on people_arrival for delete to wg_app using ({MINE})"),
        migrations.RunSQL(Path(__file__).with_name("arrivals.sql").read_text(encoding="utf-8")),
    ]
