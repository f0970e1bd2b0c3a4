"""Requests of people about their own data, and the links by which they see it."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wangge.access.rls import guard

MINE = "area_id = any ((select people_areas())::int[])"
MINE_OR_LINKED = f"{MINE} or person_id = (select people_linked())"
MINE_OR_HELD = f"{MINE} or digest = (select wg_bearer())"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_sheets"),
        ("places", "0014_draft_names"),
        ("teams", "0005_importing"),
        ("ledger", "0002_book"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RightsLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.BinaryField(unique=True)),
                ("handed_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("used", models.SmallIntegerField(default=0)),
                ("most", models.SmallIntegerField()),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
                (
                    "handed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("used__gte", 0), ("used__lte", models.F("most"))),
                        name="people_link_not_used_up",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RightsRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("see", "See what is held"),
                            ("looked", "Know who looked"),
                            ("correct", "Put something right"),
                            ("withdraw", "Withdraw consent"),
                            ("delete", "Have it deleted"),
                            ("copy", "Get a copy"),
                            ("explain", "Have it explained"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("name", "Name"),
                            ("document", "Identity document"),
                            ("phone", "Telephone"),
                            ("wishes", "How to be reached"),
                            ("home", "Home"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                (
                    "asker",
                    models.CharField(
                        choices=[
                            ("oneself", "The person"),
                            ("family", "Family, for the person"),
                            ("worker", "Grid worker, as the person wished"),
                            ("survivor", "Close relative of somebody who has died"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("desk", "At the community desk"),
                            ("door", "At the door"),
                            ("phone", "By telephone"),
                            ("paper", "On paper"),
                            ("link", "By link"),
                        ],
                        max_length=8,
                    ),
                ),
                ("paper", models.CharField(blank=True, default="", max_length=24)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("checked", "Identity checked"),
                            ("granted", "Granted"),
                            ("partly", "Partly granted"),
                            ("refused", "Refused"),
                            ("told", "Told"),
                            ("taken_back", "Taken back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                (
                    "identity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("seen", "Seen in person by a member of staff"),
                            ("link", "Link and code, handed over in person"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("granted", "Done as asked"), ("partly", "Done in part"), ("refused", "Not done")],
                        default="",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=80)),
                ("law", models.CharField(blank=True, default="", max_length=40)),
                ("article", models.CharField(blank=True, default="", max_length=8)),
                ("answered_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "told_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("desk", "At the community desk"),
                            ("door", "At the door"),
                            ("phone", "By telephone"),
                            ("paper", "On paper"),
                            ("link", "By link"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("sought", models.BinaryField(null=True)),
                ("authority", models.BinaryField(null=True)),
                ("words", models.BinaryField(null=True)),
                ("reply", models.BinaryField(null=True)),
                (
                    "area",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="people.person",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["received", "checked"])),
                        fields=["due_at", "id"],
                        name="people_request_open",
                    ),
                    models.Index(fields=["area", "id"], name="people_request_area"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["received", "checked", "granted", "partly", "refused", "told", "taken_back"])
                        ),
                        name="people_request_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False),
                            ("sought__isnull", False),
                            models.Q(("state__in", ["received", "checked"]), _negated=True),
                            _connector="OR",
                        ),
                        name="people_request_about_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "refused"), _negated=True),
                            models.Q(models.Q(("reason", ""), _negated=True), models.Q(("law", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="people_request_refused_by_law",
                    ),
                ],
            },
        ),
        migrations.RunSQL(Path(__file__).with_name("rights.sql").read_text(encoding="utf-8")),
        guard("people_rightsrequest", read=MINE_OR_LINKED, insert=MINE_OR_LINKED, update=MINE_OR_LINKED),
        guard("people_rightslink", read=MINE_OR_HELD, insert=MINE, update=MINE_OR_HELD),
    ]
