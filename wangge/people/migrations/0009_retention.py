"""Runs of retention, their counts, holds, certificates: seen by the security administrator and the auditor."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wangge.access.rls import guard

SYSTEM = "(select wg_has_role('system'))"
SECURITY = "(select wg_has_role('security_admin'))"
OVERSEES = f"{SECURITY} or (select wg_has_role('auditor')) or {SYSTEM}"
ASKS = f"asked_by_id = (select wg_actor()) and ({SYSTEM} or {SECURITY} and state = 'asked')"
HOLDS = f"{SYSTEM} or {SECURITY}"
PROTECT = django.db.models.deletion.PROTECT
ACCOUNT = settings.AUTH_USER_MODEL
STATES = [
    ("asked", "Waits for its turn"),
    ("at_work", "At work"),
    ("done", "Done"),
    ("certified", "Done, with certificate"),
]
GROUNDS = [
    ("dispute", "A lawsuit, arbitration or appeal"),
    ("inspection", "An inspection by an authority"),
    ("request", "A request of the person under way"),
    ("law", "A law that names a longer time"),
]


def key() -> models.BigAutoField:  # type: ignore[type-arg] # either side
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def to(target: str, **given: Any) -> models.ForeignKey:  # type: ignore[type-arg] # either side
    return models.ForeignKey(on_delete=PROTECT, related_name="+", to=target, **given)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_rights"),
        ("catalogue", "0006_retention"),
        ("places", "0014_draft_names"),
        migrations.swappable_dependency(ACCOUNT),
    ]
    operations = [
        migrations.CreateModel(
            name="RetentionRun",
            fields=[
                ("id", key()),
                ("is_dry", models.BooleanField()),
                ("day", models.DateField()),
                ("state", models.CharField(choices=STATES, default="asked", max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("done", models.JSONField(default=list)),
                ("asked_by", to(ACCOUNT)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", [state for state, _label in STATES])), name="people_run_state"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("finished_at__isnull", True)),
                        fields=("is_dry",),
                        name="people_run_one_at_once",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="RetentionCount",
            fields=[
                ("id", key()),
                ("category", models.CharField(max_length=40)),
                ("rows", models.IntegerField()),
                ("oldest", models.DateField()),
                ("area", to("places.area", db_index=False, null=True)),
                ("rule", to("catalogue.version", db_index=False)),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False, on_delete=PROTECT, related_name="counts", to="people.retentionrun"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "category", "rule", "area"), name="people_runcount_once", nulls_distinct=False
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="RetentionHold",
            fields=[
                ("id", key()),
                ("category", models.CharField(default="", max_length=40)),
                ("ground", models.CharField(choices=GROUNDS, max_length=12)),
                ("law", models.CharField(max_length=40)),
                ("article", models.CharField(default="", max_length=10)),
                ("reference", models.CharField(max_length=40)),
                ("until", models.DateField()),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("by", to(ACCOUNT)),
                ("ended_by", to(ACCOUNT, null=True)),
                ("person", to("people.person", null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["until"], name="people_hold_in_force")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("category", ""), ("person__isnull", False)),
                            models.Q(models.Q(("category", ""), _negated=True), ("person", None)),
                            _connector="OR",
                        ),
                        name="people_hold_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground__in", [ground for ground, _label in GROUNDS])),
                        name="people_hold_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by", None)),
                            ("ended_by__isnull", False),
                            _connector="OR",
                        ),
                        name="people_hold_ended_by",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionCertificate",
            fields=[
                ("id", key()),
                ("number", models.CharField(max_length=20, unique=True)),
                ("made_at", models.DateTimeField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("rows", models.IntegerField()),
                ("along", models.JSONField(default=dict)),
                ("entries", models.IntegerField()),
                ("lines", models.JSONField()),
                ("digest", models.CharField(max_length=64)),
                ("first_seal", models.IntegerField()),
                ("last_seal", models.IntegerField()),
                ("seal_digest", models.CharField(max_length=64)),
                ("backups_until", models.DateField()),
                (
                    "run",
                    models.OneToOneField(on_delete=PROTECT, related_name="certificate", to="people.retentionrun"),
                ),
            ],
        ),
        guard("people_retentionrun", read=OVERSEES, insert=ASKS, update=SYSTEM),
        guard("people_retentioncount", read=OVERSEES, insert=SYSTEM, update=SYSTEM),
        guard("people_retentionhold", read=OVERSEES, insert=f"by_id = (select wg_actor()) and ({HOLDS})", update=HOLDS),
        guard("people_retentioncertificate", read=OVERSEES, insert=SYSTEM),
        migrations.RunSQL(
            f"create policy people_retentionhold_delete on people_retentionhold for delete to wg_app using ({SYSTEM})",
            "drop policy people_retentionhold_delete on people_retentionhold",
        ),
    ]
