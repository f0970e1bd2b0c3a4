"""One index for each question that is asked, none beside it: every report pays for each.

Django would make the foreign keys anew, and the owner, whom row security shows nothing, could not check them: only the
indexes are touched.
"""

from django.db import migrations, models

UNASKED = (
    "cases_case_number_980c9551_like", "cases_case_area_id_040d4987", "cases_case_building_id_1c5dd61b",
    "cases_case_category_id_c6dc5a5a", "cases_case_compound_id_1fb742d1", "cases_case_handled_by_id_546b9a8d",
    "cases_case_lead_id_3e7fc465", "cases_case_void_asked_by_id_845628b4", "cases_step_actor_id_2f0c630e",
    "cases_step_case_id_95522377", "cases_step_unit_id_a8268588",
)  # fmt: skip
KEYS = {  # field: to, may be empty
    "case": {
        "area": ("places.area", False), "building": ("places.building", True), "compound": ("places.compound", True),
        "category": ("catalogue.version", True), "lead": ("teams.organisation", True),
        "handled_by": ("teams.account", True), "void_asked_by": ("teams.account", True),
    },
    "step": {"actor": ("teams.account", False), "case": ("cases.case", False), "unit": ("teams.organisation", True)},
}  # fmt: skip


def key(model: str, field: str, to: str, *, empty: bool) -> migrations.AlterField:
    name = "steps" if (model, field) == ("step", "case") else "+"
    return migrations.AlterField(
        model, field, models.ForeignKey(to, models.PROTECT, null=empty, related_name=name, db_index=False)
    )


class Migration(migrations.Migration):
    dependencies = (("cases", "0008_plans"),)
    operations = (
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(key(model, field, to, empty=empty) for model, fields in KEYS.items() for field, (to, empty)
                  in fields.items()),
                migrations.AlterField("case", "number", models.CharField(max_length=20)),
                migrations.AddConstraint(
                    "case", models.UniqueConstraint(fields=["number"], name="cases_case_number")
                ),
            ],
            database_operations=[
                migrations.RunSQL(f"drop index {', '.join(UNASKED)}"),
                migrations.RunSQL("alter table cases_case rename constraint cases_case_number_key to cases_case_number"),
            ],
        ),
        migrations.AddIndex("step", models.Index(fields=["actor", "at"], name="cases_step_actor")),
    )  # fmt: skip
