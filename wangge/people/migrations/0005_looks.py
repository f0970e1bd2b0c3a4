"""Assessments, reviews of looks; who reads looks; how old what is known of homes is."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from wangge.access.rls import guard

WATCHES = "(select wg_has_role('security_admin'))"
AUDITS = f"{WATCHES} or (select wg_has_role('auditor'))"
READS = f"{AUDITS} or (select wg_has_role('secretary'))"
SYSTEM = "(select wg_has_role('system'))"


class Migration(migrations.Migration):
    dependencies = (("people", "0004_care"), ("ledger", "0004_plan"))

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120)),
                ("purposes", models.JSONField()),
                ("done_on", models.DateField()),
                ("account", models.IntegerField()),
                ("role", models.CharField(max_length=40)),
                ("risks", models.TextField(max_length=1000)),
                ("measures", models.TextField(max_length=1000)),
                (
                    "conclusion",
                    models.CharField(
                        choices=[
                            ("go", "May go on"),
                            ("measures", "May go on with the measures"),
                            ("stop", "Not to be done"),
                        ],
                        max_length=12,
                    ),
                ),
                ("review_by", models.DateField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("conclusion__in", ["go", "measures", "stop"])),
                        name="people_assessment_concluded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_by__gt", models.F("done_on"))),
                        name="people_assessment_reviewed_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LookReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.IntegerField()),
                ("day", models.DateField()),
                ("signs", models.JSONField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("explained", "Explained: it was the work of that day"),
                            ("advised", "Talked over: to be done otherwise"),
                            ("misuse", "Without reason: reported"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.BinaryField(null=True)),
                ("by", models.IntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["day", "account"], name="people_look_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["explained", "advised", "misuse"])),
                        name="people_look_outcome",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AssessmentReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("done_on", models.DateField()),
                ("account", models.IntegerField()),
                ("role", models.CharField(max_length=40)),
                (
                    "conclusion",
                    models.CharField(
                        choices=[
                            ("go", "May go on"),
                            ("measures", "May go on with the measures"),
                            ("stop", "Not to be done"),
                        ],
                        max_length=12,
                    ),
                ),
                ("note", models.TextField(max_length=1000)),
                ("review_by", models.DateField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="people.assessment"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("conclusion__in", ["go", "measures", "stop"])),
                        name="people_review_concluded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_by__gt", models.F("done_on"))), name="people_review_reviewed_later"
                    ),
                ],
            },
        ),
        migrations.RunSQL(Path(__file__).with_name("looks.sql").read_text(encoding="utf-8")),
        guard("people_assessment", read=READS, insert=WATCHES),
        guard("people_assessmentreview", read=READS, insert=WATCHES),
        guard("people_lookreview", read=f"{AUDITS} or {SYSTEM}", insert=WATCHES),
        migrations.RunSQL(
            f"create policy people_lookreview_resealed on people_lookreview for update to wg_app using ({SYSTEM})"
        ),
    ]
