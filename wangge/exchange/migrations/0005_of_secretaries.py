"""A secretary brings in lists of the own community: such an import is seen by who began it alone."""

from django.db import migrations, models

BEFORE = "(select wg_has_role('system')) or wg_has_role(role)"
MINE = (
    "(select wg_has_role('system')) or (role <> 'secretary' and wg_has_role(role))"
    " or (role = 'secretary' and by_id = (select wg_actor()) and (select wg_has_role('secretary')))"
)
ADMINISTRATORS = (
    "(select wg_has_role('system')) or (select wg_has_role('system_admin')) or (select wg_has_role('security_admin'))"
)
NAMING = f"{ADMINISTRATORS} or (select wg_has_role('secretary'))"


def _policies(table: str, rule: str) -> str:
    return (
        f"alter policy {table}_read on {table} using ({rule});"
        f"alter policy {table}_insert on {table} with check ({rule});"
        f"alter policy {table}_update on {table} using ({rule}) with check ({rule})"
    )


class Migration(migrations.Migration):
    dependencies = (("exchange", "0004_hints"),)
    operations = (
        migrations.AlterField(
            model_name="doubt",
            name="kind",
            field=models.CharField(
                choices=[
                    ("same_row", "Probably the same as another row"),
                    ("same_record", "Probably here already"),
                    ("outside", "Lies outside the county"),
                    ("far_from_town", "Lies far from its town"),
                    ("shared_point", "Shares its point with many"),
                    ("other_name", "This code has another name here"),
                    ("elsewhere", "Is registered at another door"),
                ],
                max_length=14,
            ),
        ),
        migrations.RunSQL(_policies("exchange_import", MINE), _policies("exchange_import", BEFORE)),
        migrations.RunSQL(_policies("exchange_source", NAMING), _policies("exchange_source", ADMINISTRATORS)),
    )
