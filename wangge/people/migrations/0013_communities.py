"""The community a person's name is indexed for is the parent of their grid: the database need not look it up again.

It did so for every one of a million rows of a list.
"""

import django.db.models.deletion
from django.db import migrations, models

CONSTRAINT = "people_person_community_id_3ba58a23_fk_places_area_id"


class Migration(migrations.Migration):
    dependencies = (("people", "0012_looked"),)

    operations = (
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"alter table people_person drop constraint {CONSTRAINT}",
                    f"alter table people_person add constraint {CONSTRAINT} foreign key (community_id)"
                    " references places_area (id) deferrable initially deferred",
                )
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="person",
                    name="community",
                    field=models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                )
            ],
        ),
    )
