"""Whose rows of an import one may touch is asked once a statement, not once a row."""

from django.db import migrations

OF_MINE = "of_id in (select id from exchange_import)"
ROW_BY_ROW = "exists (select from exchange_import i where i.id = of_id)"
TABLES = ("exchange_row", "exchange_doubt", "exchange_change", "exchange_known")
REMOVABLE = ("exchange_row", "exchange_doubt", "exchange_known")


def _policies(rule: str) -> str:
    changed = [
        alter
        for table in TABLES
        for alter in (
            f"alter policy {table}_read on {table} using ({rule})",
            f"alter policy {table}_insert on {table} with check ({rule})",
            f"alter policy {table}_update on {table} using ({rule}) with check ({rule})",
        )
    ]
    return "; ".join(changed + [f"alter policy {table}_delete on {table} using ({rule})" for table in REMOVABLE])


class Migration(migrations.Migration):
    dependencies = (("exchange", "0002_export"),)
    operations = (migrations.RunSQL(_policies(OF_MINE), _policies(ROW_BY_ROW)),)
