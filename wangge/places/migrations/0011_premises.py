"""Classes of general grids, each with its reason; dedicated grids with their managers."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wangge.access.rls import guard

PLANS = "(select wg_has_role('town_staff') or wg_has_role('secretary'))"
HERE = "grid_id = any ((select wg_areas())::int[]) and (select places_sees_changes())"
THERE = "community_id = any ((select wg_areas())::int[]) and (select places_sees_changes())"


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_care"),
        ("places", "0010_grids"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name="grid",
            name="care",
        ),
        migrations.CreateModel(
            name="Dedicated",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("tower", "Office tower"),
                            ("park", "Business park"),
                            ("green", "Public park"),
                            ("market", "Market"),
                            ("school", "School"),
                            ("works", "Works"),
                            ("other", "Other premises"),
                        ],
                        max_length=8,
                    ),
                ),
                ("number", models.CharField(max_length=24)),
                (
                    "buildings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("outline", models.JSONField()),
                ("manager", models.CharField(default="", max_length=40)),
                ("phone", models.CharField(default="", max_length=24)),
                ("unit", models.IntegerField(null=True)),
                ("managed_since", models.DateField()),
                (
                    "change",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dedicated", to="places.change"
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
                (
                    "grid",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dedicated",
                        to="places.area",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["community", "number"], name="places_dedicated_numbers")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sort__in", ["tower", "park", "green", "market", "school", "works", "other"])
                        ),
                        name="places_dedicated_sort",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GridClass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("care", models.CharField(default="", max_length=40)),
                ("reason", models.CharField(max_length=400)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "grid",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="classes",
                        to="places.area",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.version"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["grid", "-since"], name="places_gridclass_history")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)), fields=("grid",), name="places_gridclass_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__regex", "\\S")), name="places_gridclass_reasoned"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("care", ""), ("version__isnull", False), _connector="XOR"),
                        name="places_gridclass_worded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="places_gridclass_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.RunSQL(Path(__file__).with_name("premises.sql").read_text(encoding="utf-8")),
        guard("places_gridclass", read=HERE, insert=f"{HERE} and {PLANS}", update=f"{HERE} and {PLANS}"),
        guard("places_dedicated", read=THERE, insert=THERE, update=THERE),
    ]
