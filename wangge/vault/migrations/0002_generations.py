"""A compartment's key becomes the first generation of its keys; how far values are sealed anew is kept."""

import django.db.models.deletion
from django.db import migrations, models

MOVE = """
insert into vault_key (compartment_id, key_id, suite, begun_at, destroyed_at)
select id, key_id, suite, opened_at, destroyed_at from vault_compartment;
set constraints all immediate;
"""


class Migration(migrations.Migration):
    dependencies = (("vault", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="Generation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_id", models.CharField(max_length=32, unique=True)),
                ("suite", models.CharField(max_length=8)),
                ("begun_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
                ("horizon", models.BigIntegerField(null=True)),
                ("emptied_at", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("destroyed_at", models.DateTimeField(null=True)),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="generations",
                        to="vault.compartment",
                    ),
                ),
            ],
            options={
                "db_table": "vault_key",
                "constraints": (
                    models.CheckConstraint(condition=models.Q(("suite__in", ["intl", "gm"])), name="vault_key_suite"),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_at", None)), fields=("compartment",), name="vault_key_one_seals"
                    ),
                ),
            },
        ),
        migrations.CreateModel(
            name="Resealing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=63)),
                ("after", models.TextField(default="")),
                ("rows", models.BigIntegerField(default=0)),
                ("unreadable", models.BigIntegerField(default=0)),
                ("is_through", models.BooleanField(default=False)),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.compartment"
                    ),
                ),
            ],
            options={
                "db_table": "vault_resealing",
                "constraints": (models.UniqueConstraint(fields=("compartment", "table"), name="vault_resealing_once"),),
            },
        ),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="compartment", name="vault_compartment_suite"),
        migrations.RemoveField(model_name="compartment", name="key_id"),
        migrations.RemoveField(model_name="compartment", name="suite"),
    )
