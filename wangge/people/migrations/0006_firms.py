"""Organisations with what belongs to them: whom to call, records, staff, compounds under management, premises."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_looks"),
        ("places", "0014_draft_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Firm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                ("sort_key", models.CharField(default="", max_length=200)),
                ("uscc", models.CharField(max_length=18, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("property", "Property firm"),
                            ("shop", "Shop"),
                            ("factory", "Factory"),
                            ("school", "School or nursery"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FirmContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("manager", "Manager"),
                            ("duty_desk", "Duty desk"),
                            ("safety", "Safety"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.BinaryField()),
                ("phone", models.BinaryField()),
                ("ended_on", models.DateField(null=True)),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="people.firm"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FirmRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("training", "Training"), ("inspection", "Inspection")], max_length=12),
                ),
                ("on", models.DateField()),
                (
                    "result",
                    models.CharField(
                        choices=[("good", "In order"), ("to_mend", "To be mended"), ("mended", "Mended")], max_length=12
                    ),
                ),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="records", to="people.firm"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FirmStaff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="staff", to="people.firm"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Managing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                ("reminded", models.IntegerField(default=0)),
                ("reminded_on", models.DateField(null=True)),
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
                    "compound",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.compound",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="managing", to="people.firm"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Premises",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("room", models.CharField(blank=True, default="", max_length=40)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
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
                    "building",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.building",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="premises", to="people.firm"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="firm",
            index=models.Index(fields=["sort_key", "id"], name="people_firm_list"),
        ),
        migrations.AddConstraint(
            model_name="firm",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["property", "shop", "factory", "school", "other"])),
                name="people_firm_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="firmstaff",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                name="people_firmstaff_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="firmstaff",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)), fields=("account", "firm"), name="people_firmstaff_once"
            ),
        ),
        migrations.AddIndex(
            model_name="managing",
            index=models.Index(fields=["area"], name="people_managing_area"),
        ),
        migrations.AddConstraint(
            model_name="managing",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                name="people_managing_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="managing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)), fields=("compound",), name="people_managing_one_firm"
            ),
        ),
        migrations.AddIndex(
            model_name="premises",
            index=models.Index(fields=["building"], name="people_premises_building"),
        ),
        migrations.AddIndex(
            model_name="premises",
            index=models.Index(fields=["area"], name="people_premises_area"),
        ),
        migrations.AddConstraint(
            model_name="premises",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                name="people_premises_ends",
            ),
        ),
    ]
