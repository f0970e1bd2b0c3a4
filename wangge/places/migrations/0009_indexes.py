"""One index for each question that is asked, none beside it: every building and dwelling pays for each.

What begins with the same column answers for a foreign key; tokens are looked up whole; addresses are found by their
names. As in cases/0009 the foreign keys themselves are not touched.
"""

from django.db import migrations, models

UNASKED = ("places_building_token_86ea5ff5_like", "places_address_trgm")
ANSWERED = (
    "places_building_grid_id_b95ce318", "places_building_compound_id_3f85bcbf", "places_dwelling_building_id_291cb719",
)  # fmt: skip
KEYS = (
    ("building", "compound", "places.compound", "buildings", True),
    ("building", "grid", "places.area", "buildings", False),
    ("dwelling", "building", "places.building", "dwellings", False),
)


class Migration(migrations.Migration):
    dependencies = (("places", "0008_far"),)
    operations = (
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model,
                    field,
                    models.ForeignKey(to, models.PROTECT, null=empty, related_name=name, db_index=False),
                )
                for model, field, to, name, empty in KEYS
            ],
            database_operations=[migrations.RunSQL(f"drop index {', '.join((*UNASKED, *ANSWERED))}")],
        ),
    )
