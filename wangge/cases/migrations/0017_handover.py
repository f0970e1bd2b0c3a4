"""The list by which open cases are handed over when areas change; numbers for previews and by-then figures."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wangge.access.rls import guard

SYSTEM = "(select wg_has_role('system'))"
MINE = "origin_id in (select unnest(wg_areas())) or target_id in (select unnest(wg_areas()))"
SEEN = "exists (select from cases_handover h where h.id = handover_id)"
TO_ME = "exists (select from cases_handover h where h.id = handover_id and h.target_id in (select unnest(wg_areas())))"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_figures"),
        ("places", "0004_changes"),
        ("teams", "0004_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="places.change"
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HandoverItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20)),
                ("where", models.CharField(max_length=200)),
                ("urgent", models.BooleanField(default=False)),
                ("category_code", models.CharField(default="", max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reported", "To accept"),
                            ("verifying", "To verify"),
                            ("accepted", "To dispatch"),
                            ("filed", "Filed, to dispatch"),
                            ("not_accepted", "Not accepted"),
                            ("self_handled", "Handled on the spot"),
                            ("dispatched", "Dispatched"),
                            ("returned", "Returned"),
                            ("in_progress", "In progress"),
                            ("extension", "Extension asked"),
                            ("suspended", "Suspended"),
                            ("handled", "To check"),
                            ("checking", "Checking"),
                            ("rework", "Rework"),
                            ("revisiting", "Revisiting"),
                            ("closed", "Closed"),
                            ("reopened", "Reopened"),
                            ("voided", "Voided"),
                        ],
                        max_length=16,
                    ),
                ),
                ("stage_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("clock", models.CharField(max_length=16)),
                ("theirs", models.BooleanField(default=False)),
                (
                    "decision",
                    models.CharField(
                        choices=[("goes_on", "The unit finishes it"), ("redispatched", "Another unit takes it over")],
                        default="",
                        max_length=12,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="cases.handover"
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.organisation",
                    ),
                ),
                (
                    "new_lead",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.organisation",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(fields=("change", "origin", "target"), name="cases_handover_once"),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("acknowledged_by__isnull", True), ("signed_by__isnull", False), _connector="OR"),
                name="cases_handover_signed_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("acknowledged_by__isnull", True),
                    models.Q(("acknowledged_by", models.F("signed_by")), _negated=True),
                    _connector="OR",
                ),
                name="cases_handover_by_two",
            ),
        ),
        migrations.AddConstraint(
            model_name="handoveritem",
            constraint=models.UniqueConstraint(fields=("handover", "case"), name="cases_handoveritem_once"),
        ),
        migrations.RunSQL(Path(__file__).with_name("handover.sql").read_text(encoding="utf-8")),
        guard("cases_handover", read=MINE, insert=SYSTEM, update=MINE),
        migrations.RunSQL(
            "create trigger guard before update on cases_handover for each row execute function cases_guard_handover()"
        ),
        guard("cases_handoveritem", read=SEEN, insert=SYSTEM, update=TO_ME),
    ]
