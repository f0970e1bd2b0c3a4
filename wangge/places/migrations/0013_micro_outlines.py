"""Outlines of micro-grids, found by their boxes as everything a map draws."""

from django.db import migrations, models

BOX = """
alter table places_microgrid
  add column box box generated always as
    (box(nullif(translate((outline -> 'coordinates')::text, '[] ', ''), '')::polygon)) stored;
create index places_microgrid_box on places_microgrid using gist (box) where valid_to is null;
"""


class Migration(migrations.Migration):
    dependencies = (("places", "0012_layers"),)
    operations = (
        migrations.AddField("microgrid", "outline", models.JSONField(null=True)),
        migrations.RunSQL(BOX),
    )
