"""Plans that change the area tree; the names areas had; an area moves only as an approved plan says."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wangge.access.rls import guard

SYSTEM = "(select wg_has_role('system'))"
MINE = "exists (select from places_change c where c.id = change_id and c.drafted_by_id = (select wg_actor()) and c.state = 'draft')"
SEES = "(select places_sees_changes())"


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0003_belonging"),
        ("access", "0008_reach_version"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("rename", "Give a new name"),
                            ("move", "Move to another area"),
                            ("merge", "Merge"),
                            ("split", "Split"),
                            ("open", "Begin a new area"),
                            ("end", "End an area"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "To approve"),
                            ("approved", "Approved, takes effect on its date"),
                            ("in_force", "In force"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("effective_on", models.DateField()),
                ("late", models.BooleanField(default=False)),
                ("basis", models.CharField(max_length=120)),
                ("note", models.CharField(default="", max_length=400)),
                (
                    "posts",
                    models.CharField(
                        choices=[
                            ("end", "they end that midnight"),
                            ("follow", "they go over to the area that takes over"),
                        ],
                        default="end",
                        max_length=8,
                    ),
                ),
                ("drafted_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChangePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "deed",
                    models.CharField(
                        choices=[("open", "open"), ("rename", "rename"), ("move", "move"), ("end", "end")], max_length=8
                    ),
                ),
                ("key", models.SmallIntegerField(null=True)),
                ("parent_key", models.SmallIntegerField(null=True)),
                ("level", models.CharField(default="", max_length=12)),
                ("name", models.CharField(default="", max_length=80)),
                ("official", models.CharField(default="", max_length=120)),
                ("scheme", models.CharField(default="", max_length=24)),
                ("code", models.CharField(default="", max_length=24)),
                (
                    "area",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="places.change"
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
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
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="FormerName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("official", models.CharField(default="", max_length=120)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="former_names", to="places.area"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["state", "effective_on"], name="places_change_due"),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["draft", "approved", "in_force", "withdrawn"])),
                name="places_change_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                    _connector="OR",
                ),
                name="places_change_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "withdrawn"]), ("approved_by__isnull", False), _connector="OR"
                ),
                name="places_change_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="changepart",
            constraint=models.CheckConstraint(
                condition=models.Q(("area__isnull", False), ("key__lt", 0), _connector="OR"),
                name="places_changepart_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="formername",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="places_formername_ends_after_start"
            ),
        ),
        migrations.RunSQL(Path(__file__).with_name("changes.sql").read_text(encoding="utf-8")),
        guard("places_change", read=SEES, insert=SEES, update=SEES),
        guard("places_changepart", read=SEES, insert=MINE, update=SYSTEM),
        guard("places_formername", read="true", insert=SYSTEM),
    ]
