"""The care register: needs with their basis and carers; counts of needs by grid."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wangge.access.rls import IN_MY_AREAS, guard

KEPT = "area_id = any ((select people_areas())::int[])"
CHARGE = f"(carer_id = (select wg_actor()) or deputy_id = (select wg_actor())) and {IN_MY_AREAS}"
SYSTEM = "(select wg_has_role('system'))"
COUNTED = (
    f"{SYSTEM} or {IN_MY_AREAS} and ((select wg_has_role('duty_chief')) or (select wg_has_role('town_staff'))"
    " or (select wg_has_role('secretary')) or (select wg_has_role('grid_worker')))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_arrivals"),
        ("access", "0009_areas"),
        ("places", "0014_draft_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CareCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("number", models.IntegerField(null=True)),
                ("counted_on", models.DateField()),
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
                "constraints": [
                    models.UniqueConstraint(fields=("area", "code"), name="people_carecount_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__isnull", True), ("number__gte", 5), _connector="OR"),
                        name="people_carecount_held_back",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("need", models.BinaryField()),
                ("note", models.BinaryField(null=True)),
                (
                    "basis",
                    models.CharField(
                        choices=[("consent", "Separate consent"), ("urgent", "Urgent protection of life")], max_length=8
                    ),
                ),
                (
                    "consent",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("written", "In writing"),
                            ("spoken", "Spoken before a witness"),
                            ("guardian", "By the guardian"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("consent_on", models.DateField(null=True)),
                ("grounds", models.BinaryField()),
                ("carer_outside", models.BinaryField(null=True)),
                ("deputy_outside", models.BinaryField(null=True)),
                ("source", models.CharField(max_length=40)),
                ("opened_on", models.DateField()),
                ("confirmed_on", models.DateField()),
                ("ends_on", models.DateField()),
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
                    "carer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["area", "ends_on"], name="people_careneed_area"),
                    models.Index(fields=["person"], name="people_careneed_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("basis", "consent"),
                                ("consent__in", ["written", "spoken", "guardian"]),
                                ("consent_on__isnull", False),
                            ),
                            models.Q(("basis", "urgent"), ("consent", ""), ("consent_on", None)),
                            _connector="OR",
                        ),
                        name="people_careneed_has_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("carer__isnull", False), ("carer_outside__isnull", False), _connector="XOR"
                        ),
                        name="people_careneed_has_carer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deputy__isnull", True),
                            models.Q(
                                ("deputy_outside__isnull", True),
                                models.Q(
                                    ("carer__isnull", True),
                                    models.Q(("deputy", models.F("carer")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="people_careneed_two_hands",
                    ),
                ],
            },
        ),
        guard("people_careneed", read=f"{KEPT} or {CHARGE}", insert=KEPT, update=KEPT),
        guard("people_carecount", read=COUNTED, insert=SYSTEM, update=SYSTEM),
        migrations.RunSQL(Path(__file__).with_name("care.sql").read_text(encoding="utf-8")),
    ]
