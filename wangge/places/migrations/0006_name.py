"""The names by which places are found: folded, in pinyin, with indexes for words of two characters."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

from wangge.access.rls import guard

IMPORTING = "(select wg_importing())"
KINDS = [
    ("area", "Area"), ("grid", "Grid"), ("compound", "Compound"), ("building", "Building"), ("dwelling", "Dwelling"),
    ("feature", "Road, water or public place"),
]  # fmt: skip
HOWS = [
    ("name", "by its name"), ("alias", "also called"), ("short", "called for short"), ("former", "was called"),
    ("code", "official code"), ("number", "grid number"),
]  # fmt: skip


def of(model: str) -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model
    )


class Migration(migrations.Migration):
    dependencies = (("places", "0005_importing"),)
    operations = (
        migrations.CreateModel(
            name="Name",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=12)),
                ("place", models.BigIntegerField()),
                ("how", models.CharField(choices=HOWS, default="name", max_length=8)),
                ("text", models.CharField(max_length=160)),
                ("folded", models.CharField(max_length=160)),
                ("pinyin", models.CharField(default="", max_length=400)),
                ("initials", models.CharField(default="", max_length=160)),
                ("note", models.CharField(default="", max_length=40)),
                ("area", of("places.area")),
                ("compound", of("places.compound")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "place", "folded"), name="places_name_once")],
            },
        ),
        migrations.RunSQL(Path(__file__).with_name("naming.sql").read_text(encoding="utf-8")),
        guard("places_name", read="true", insert=IMPORTING, update=IMPORTING),
        migrations.RunSQL(f"create policy places_name_delete on places_name for delete to wg_app using ({IMPORTING})"),
    )
