"""Two entries that are one person: merges with what they moved, what the two held before, pairs that are two people."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wangge.access.rls import guard

MINE = "(select wg_importing()) or area_id = any ((select people_areas())::int[])"
BY_ME = f"by_id = (select wg_actor()) and ({MINE})"
KNOWN = "people_knows(first) and people_knows(second)"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_retention"),
        ("places", "0015_doors_of_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("into", models.BigIntegerField()),
                ("gone", models.BigIntegerField()),
                ("role", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                (
                    "numbers",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mistyped", "One number was written down wrongly"),
                            ("replaced", "The document was replaced by a new one"),
                            ("kinds", "Two documents of one person"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("moved", models.JSONField(default=dict)),
                ("changed", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(null=True)),
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
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to="people.person",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MergedPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.BigIntegerField()),
                ("name", models.BinaryField(null=True)),
                ("document", models.BinaryField(null=True)),
                ("phone", models.BinaryField(null=True)),
                ("wishes", models.BinaryField(null=True)),
                ("source", models.CharField(max_length=40)),
                ("confirmed_on", models.DateField()),
                ("told", models.JSONField(default=dict)),
                ("home", models.BigIntegerField(null=True)),
                ("lay_in", models.BigIntegerField()),
                ("community", models.BigIntegerField()),
                ("left_on", models.DateField(null=True)),
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
                    "merge",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="persons",
                        to="people.merge",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Apart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.BigIntegerField()),
                ("second", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["second"], name="people_apart_second")],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="people_apart_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="people_apart_in_order"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(fields=["kept"], name="people_merge_kept"),
        ),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(fields=["area"], name="people_merge_area"),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("gone",), name="people_merge_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("gone", models.F("into")), _negated=True), name="people_merge_of_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_at", None), ("undone_by", None)),
                    models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                    _connector="OR",
                ),
                name="people_merge_undone_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="mergedperson",
            constraint=models.UniqueConstraint(fields=("merge", "person"), name="people_merged_once"),
        ),
        migrations.RunSQL(Path(__file__).with_name("merging.sql").read_text(encoding="utf-8")),
        guard("people_merge", read=MINE, insert=BY_ME, update=MINE),
        guard("people_mergedperson", read=MINE, insert=MINE, update=MINE),
        guard("people_apart", read=KNOWN, insert=f"by_id = (select wg_actor()) and {KNOWN}"),
        migrations.RunSQL(
            "create policy people_apart_delete on people_apart for delete to wg_app"
            f" using ((select wg_has_role('system')) or {KNOWN})"
        ),
    ]
