"""Which grid a case lay in before a grid plan laid its place into another."""

import django.db.models.deletion
from django.db import migrations, models

from wangge.access.rls import guard


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0020_kept_steps"),
        ("places", "0010_grids"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField()),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_areas",
                        to="cases.case",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["origin"], name="cases_formerarea_origin")],
                "constraints": [models.UniqueConstraint(fields=("case", "until"), name="cases_formerarea_once")],
            },
        ),
        guard(
            "cases_formerarea",
            read="exists (select from cases_case c where c.id = case_id)",
            insert="(select wg_has_role('system'))",
        ),
    ]
