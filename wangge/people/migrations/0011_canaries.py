"""Canaries, known to the security administrator alone, and alarms about looks that stand out."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from wangge.access.rls import guard
from wangge.core.looking import Sign

SYSTEM = "(select wg_has_role('system'))"
SECURITY = "(select wg_has_role('security_admin'))"
PROTECT = django.db.models.deletion.PROTECT


def key() -> models.BigAutoField:  # type: ignore[type-arg] # either side
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = (("people", "0010_merging"), ("places", "0014_draft_names"))
    operations = (
        migrations.CreateModel(
            name="Canary",
            fields=[
                ("id", key()),
                ("made_by", models.IntegerField()),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("person", models.OneToOneField(on_delete=PROTECT, related_name="+", to="people.person")),
                ("community", models.ForeignKey(on_delete=PROTECT, related_name="+", to="places.area")),
            ],
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", key()),
                ("account", models.IntegerField()),
                ("role", models.CharField(max_length=40)),
                ("day", models.DateField()),
                ("sign", models.CharField(max_length=20)),
                ("raised_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="people_alarm_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(sign__in=[sign.value for sign in Sign]), name="people_alarm_sign"
                    ),
                    models.UniqueConstraint(fields=("account", "day", "sign"), name="people_alarm_once"),
                ],
            },
        ),
        guard("people_canary", read=f"{SECURITY} or {SYSTEM}", insert=SECURITY, update=SECURITY),
        guard("people_alarm", read=f"{SECURITY} or {SYSTEM}", insert=SYSTEM),
        migrations.RunSQL(
            f"create policy people_canary_delete on people_canary for delete to wg_app using ({SYSTEM});"
            f" create policy people_person_canary on people_person for insert to wg_app"
            f" with check ({SECURITY} and home_id is null and document is null and wishes is null)",
            "drop policy people_person_canary on people_person; drop policy people_canary_delete on people_canary",
        ),
        migrations.RunSQL(Path(__file__).with_name("canaries.sql").read_text(encoding="utf-8")),
    )
