"""Dwellings in use, households, persons, occupancies."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0014_draft_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(null=True)),
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
                    "dwelling",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="households",
                        to="places.dwelling",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.BinaryField()),
                ("document", models.BinaryField(null=True)),
                ("phone", models.BinaryField(null=True)),
                ("wishes", models.BinaryField(null=True)),
                ("name_index", models.BinaryField()),
                ("document_index", models.BinaryField(null=True)),
                ("phone_index", models.BinaryField(null=True)),
                ("source", models.CharField(max_length=40)),
                ("confirmed_on", models.DateField()),
                ("told", models.JSONField(default=dict)),
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
                    "community",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="persons",
                        to="people.household",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Occupancy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("until", models.DateField(null=True)),
                ("source", models.CharField(max_length=40)),
                ("confirmed_on", models.DateField()),
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
                    "household",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occupancies",
                        to="people.household",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occupancies",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DwellingUse",
            fields=[
                (
                    "dwelling",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="use",
                        serialize=False,
                        to="places.dwelling",
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("lived_in", "Lived in"),
                            ("vacant", "Vacant"),
                            ("business", "Used for business"),
                            ("other", "Not used as a home"),
                        ],
                        max_length=12,
                    ),
                ),
                ("source", models.CharField(max_length=40)),
                ("confirmed_on", models.DateField()),
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
            options={
                "indexes": [models.Index(fields=["area", "confirmed_on"], name="people_use_fresh")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("use__in", ["lived_in", "vacant", "business", "other"])),
                        name="people_use_known",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(fields=["dwelling"], name="people_household_dwelling"),
        ),
        migrations.AddIndex(
            model_name="household",
            index=models.Index(fields=["area"], name="people_household_area"),
        ),
        migrations.AddConstraint(
            model_name="household",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("since__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="people_household_ends_after_start",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["home"], name="people_person_home"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["name_index"], name="people_person_name"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["document_index"], name="people_person_document"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["phone_index"], name="people_person_phone"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("left_on__isnull", False)), fields=["left_on"], name="people_person_left"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["area"], name="people_person_area"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("home__isnull", True), ("left_on", None), _connector="XOR"),
                name="people_person_home_or_left",
            ),
        ),
        migrations.AddIndex(
            model_name="occupancy",
            index=models.Index(fields=["household"], name="people_occupancy_household"),
        ),
        migrations.AddIndex(
            model_name="occupancy",
            index=models.Index(fields=["person"], name="people_occupancy_person"),
        ),
        migrations.AddConstraint(
            model_name="occupancy",
            constraint=models.CheckConstraint(
                condition=models.Q(("tenure__in", ["owner", "tenant", "dormitory", "guest"])),
                name="people_occupancy_tenure",
            ),
        ),
        migrations.AddConstraint(
            model_name="occupancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("since__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="people_occupancy_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="occupancy",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("person", "household"),
                name="people_occupancy_once",
            ),
        ),
    ]
