"""Divisions of departments laid over ours, who of each serves which grid of ours, drafts drawn along them."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wangge.access.rls import guard

SEES = "(select places_sees_changes())"
OF_A_PLANNER = f"area_id = any ((select wg_areas())::int[]) and {SEES}"
OF_MY_LAYER = (
    "exists (select from places_layer l where l.id = layer_id and l.state = 'laid'"
    " and l.area_id = any ((select wg_areas())::int[]))"
)
OF_MY_GRID = f"grid_id = any ((select wg_areas())::int[]) and {SEES}"
GRID_INDEX = "create index places_serving_grid on places_serving (grid_id) where valid_to is null"


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0011_premises"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="griddraft",
            name="along",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, size=None
            ),
        ),
        migrations.CreateModel(
            name="Layer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=80)),
                ("as_of", models.DateField()),
                ("source", models.CharField(max_length=160)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("laid", "Laid over the grids"),
                            ("merged", "Merged into the grids"),
                            ("taken", "Taken away"),
                        ],
                        default="laid",
                        max_length=8,
                    ),
                ),
                ("closed_on", models.DateField(null=True)),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LayerGrid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(default="", max_length=80)),
                ("post", models.CharField(default="", max_length=80)),
                ("phone", models.CharField(default="", max_length=24)),
                ("outline", models.JSONField(null=True)),
                (
                    "buildings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grids",
                        to="places.layer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Serving",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("households", models.IntegerField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.layergrid"
                    ),
                ),
                (
                    "grid",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="servings",
                        to="places.area",
                    ),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="servings", to="places.layer"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="layer",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["laid", "merged", "taken"])), name="places_layer_state"
            ),
        ),
        migrations.AddConstraint(
            model_name="layer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "laid")), fields=("area", "organisation", "name"), name="places_layer_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="layer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "merged"), _negated=True), ("closed_on__isnull", False), _connector="OR"
                ),
                name="places_layer_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="layergrid",
            constraint=models.UniqueConstraint(fields=("layer", "code"), name="places_layergrid_once"),
        ),
        migrations.AddConstraint(
            model_name="serving",
            constraint=models.UniqueConstraint(fields=("grid", "layer", "valid_from"), name="places_serving_once"),
        ),
        migrations.AddConstraint(
            model_name="serving",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="places_serving_ends_after_start",
            ),
        ),
        migrations.RunSQL(GRID_INDEX, "drop index places_serving_grid"),
        guard("places_layer", read=SEES, insert=OF_A_PLANNER, update=OF_A_PLANNER),
        guard("places_layergrid", read=SEES, insert=OF_MY_LAYER),
        guard("places_serving", read=SEES, insert=OF_MY_GRID, update=OF_MY_GRID),
    ]
