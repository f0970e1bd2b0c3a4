"""Daily sheets of property firms and their lines; who sees what of organisations and of sheets."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wangge.access.rls import guard

MINE = "area_id = any ((select people_areas())::int[])"
NEAR = "area_id = any ((select people_near_areas())::int[])"
MY_FIRMS = "firm_id = any ((select people_firms())::bigint[])"
MANAGED = f"{MY_FIRMS} and compound_id = any ((select people_firm_compounds())::bigint[])"
FIRMS_NEAR = "firm_id = any ((select people_firms_near())::bigint[])"
SYSTEM = "(select wg_has_role('system'))"
STAFF = f"(select wg_has_role('security_admin')) or ({FIRMS_NEAR} and (select wg_has_role('secretary')))"
SEEN_STAFF = f"{STAFF} or account_id = (select wg_actor()) or {SYSTEM}"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_firms"),
        ("places", "0014_draft_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("handed_in_at", models.DateTimeField()),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "compound",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.compound",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="people.firm",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SheetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.CharField(blank=True, default="", max_length=12)),
                ("room", models.CharField(max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("moved_in", "Moved in"),
                            ("left", "Moved out"),
                            ("unregistered", "Lived in, not registered"),
                            ("vacant", "Vacant"),
                        ],
                        max_length=12,
                    ),
                ),
                ("people", models.SmallIntegerField(null=True)),
                (
                    "tenure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("owner", "Lives in own home"),
                            ("tenant", "Rents"),
                            ("dormitory", "Employer's dormitory"),
                            ("guest", "Guest"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("name", models.BinaryField(null=True)),
                ("phone", models.BinaryField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "To take over"),
                            ("to_visit", "Visit needed"),
                            ("sent_back", "Sent back to the firm"),
                            ("answered", "Firm has answered"),
                            ("objected", "Firm objects"),
                            ("taken", "Taken over"),
                            ("withdrawn", "Withdrawn by the firm"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_lived_in", "Nobody lives there"),
                            ("still_there", "They still live there"),
                            ("other_door", "It is another door"),
                            ("other_count", "The number of people is different"),
                            ("other", "Something else"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                ("said", models.BinaryField(null=True)),
                ("answer", models.BinaryField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("household", "Household written down"),
                            ("lived_in", "Lived in, nobody named"),
                            ("left", "Household moved away"),
                            ("vacant", "Dwelling vacant"),
                            ("known", "Was known already"),
                            ("noted", "Door to be added to the register"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("handled_at", models.DateTimeField(null=True)),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.building",
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheet_lines",
                        to="places.dwelling",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.firm"
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inside",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.building",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="people.sheet",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["firm", "day"], name="people_sheet_day"),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(fields=("compound", "firm", "day"), name="people_sheet_once"),
        ),
        migrations.AddIndex(
            model_name="sheetline",
            index=models.Index(fields=["sheet"], name="people_line_sheet"),
        ),
        migrations.AddIndex(
            model_name="sheetline",
            index=models.Index(fields=["area", "state", "id"], name="people_line_inbox"),
        ),
        migrations.AddIndex(
            model_name="sheetline",
            index=models.Index(fields=["firm", "state", "id"], name="people_line_firm"),
        ),
        migrations.AddIndex(
            model_name="sheetline",
            index=models.Index(fields=["dwelling"], name="people_line_dwelling"),
        ),
        migrations.AddIndex(
            model_name="sheetline",
            index=models.Index(
                condition=models.Q(("inside__isnull", False)), fields=["inside"], name="people_line_inside"
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetline",
            constraint=models.CheckConstraint(
                condition=models.Q(("dwelling__isnull", True), ("inside__isnull", True), _connector="XOR"),
                name="people_line_of_one_door",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetline",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["moved_in", "left", "unregistered", "vacant"])),
                name="people_line_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "to_visit", "sent_back", "answered", "objected", "taken", "withdrawn"])
                ),
                name="people_line_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "taken"), _negated=True),
                    models.Q(("outcome", ""), _negated=True),
                    _connector="OR",
                ),
                name="people_line_taken_as_something",
            ),
        ),
        migrations.RunSQL(Path(__file__).with_name("firms.sql").read_text(encoding="utf-8")),
        guard(
            "people_firm",
            read="(select people_sees_firms()) or id = any ((select people_firms())::bigint[])",
            insert=MINE,
            update="id = any ((select people_firms_near())::bigint[])",
        ),
        guard("people_premises", read=MINE, insert=MINE, update=MINE),
        guard("people_firmcontact", read=FIRMS_NEAR, insert=FIRMS_NEAR, update=FIRMS_NEAR),
        guard("people_managing", read=f"{NEAR} or {MY_FIRMS}", insert=MINE, update=MINE),
        guard("people_firmrecord", read=FIRMS_NEAR, insert=FIRMS_NEAR),
        guard("people_firmstaff", read=SEEN_STAFF, insert=STAFF, update=STAFF),
        guard("people_sheet", read=f"{NEAR} or {MY_FIRMS}", insert=MANAGED, update=MANAGED),
        guard("people_sheetline", read=f"{MINE} or {MY_FIRMS}", insert=MY_FIRMS, update=f"{MINE} or {MY_FIRMS}"),
    ]
