"""Drafts of grids, micro-grids with their stairwells, which grid a building was in; towns divide their communities."""

from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wangge.access.rls import guard

SYSTEM = "(select wg_has_role('system'))"
OF_A_PLANNER = "area_id = any ((select wg_areas())::int[]) and (select places_sees_changes())"


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0009_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="grid",
            name="care",
            field=models.CharField(
                choices=[("key", "Key grid"), ("service", "Service grid"), ("liaison", "Liaison grid")],
                db_default="service",
                default="service",
                max_length=8,
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="kind",
            field=models.CharField(
                choices=[
                    ("rename", "Give a new name"),
                    ("move", "Move to another area"),
                    ("merge", "Merge"),
                    ("split", "Split"),
                    ("open", "Begin a new area"),
                    ("end", "End an area"),
                    ("divide", "Divide into grids anew"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="MicroGrid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=24)),
                ("households", models.IntegerField()),
                ("minutes", models.IntegerField()),
                ("tour_m", models.IntegerField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                (
                    "grid",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="micro_grids",
                        to="places.area",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MicroUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(default="", max_length=12)),
                ("low", models.IntegerField(null=True)),
                ("high", models.IntegerField(null=True)),
                ("households", models.IntegerField()),
                ("order", models.IntegerField()),
                (
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.building"
                    ),
                ),
                (
                    "micro",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="units", to="places.microgrid"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormerGrid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                (
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="former_grids", to="places.building"
                    ),
                ),
                (
                    "grid",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))),
                        name="places_formergrid_ends_after_start",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GridDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drawing", "Being drawn"),
                            ("failed", "Could not be drawn"),
                            ("open", "Open"),
                            ("submitted", "Sent for approval"),
                            ("discarded", "Discarded"),
                        ],
                        default="drawing",
                        max_length=10,
                    ),
                ),
                (
                    "wish",
                    models.CharField(
                        choices=[
                            ("anew", "Draw all grids anew"),
                            ("repair", "Mend only what is out of its limits"),
                            ("keep", "Take the grids in force and change them by hand"),
                        ],
                        max_length=10,
                    ),
                ),
                ("limits", models.JSONField()),
                ("note", models.CharField(default="", max_length=400)),
                ("units", models.JSONField(default=dict)),
                (
                    "general",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "micro",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "locked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("steps", models.JSONField(default=list)),
                ("at", models.IntegerField(default=0)),
                ("seconds", models.FloatField(null=True)),
                ("trouble", models.CharField(default="", max_length=400)),
                ("version", models.IntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
                (
                    "change",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grid_draft",
                        to="places.change",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "-changed_at"], name="places_griddraft_newest")],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "number"), name="places_griddraft_number"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["drawing", "failed", "open", "submitted", "discarded"])),
                        name="places_griddraft_state",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="microgrid",
            constraint=models.UniqueConstraint(fields=("grid", "number", "valid_from"), name="places_microgrid_once"),
        ),
        migrations.AddConstraint(
            model_name="microgrid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True), ("valid_to__gt", models.F("valid_from")), _connector="OR"
                ),
                name="places_microgrid_ends_after_start",
            ),
        ),
        migrations.RunSQL(Path(__file__).with_name("grids.sql").read_text(encoding="utf-8")),
        guard("places_microgrid", read="true", insert=SYSTEM, update=SYSTEM),
        guard("places_microunit", read="true", insert=SYSTEM),
        guard("places_formergrid", read="true", insert=SYSTEM),
        guard("places_griddraft", read=OF_A_PLANNER, insert=OF_A_PLANNER, update=OF_A_PLANNER),
    ]
