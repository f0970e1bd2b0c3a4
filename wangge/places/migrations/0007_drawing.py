"""Boxes with their GiST indexes, and what is seen from far away, kept by the database beside each geometry."""

from pathlib import Path

from django.db import migrations

# A generated column may not read another one, so the drawing of a footprint is said twice.
DRAWN = """
  case when footprint #> '{0,0,0}' is not null then
         '{"type":"Polygon","coordinates":' || translate(footprint::text, ' ', '') || '}'
       when footprint #> '{2}' is null then '{"type":"Point","coordinates":[' || lon::text || ',' || lat::text || ']}'
       when footprint -> 0 = footprint -> -1 then
         '{"type":"Polygon","coordinates":[' || translate(footprint::text, ' ', '') || ']}'
       else '{"type":"Polygon","coordinates":['
         || translate(left(footprint::text, -1) || ',' || (footprint -> 0)::text, ' ', '') || ']]}' end
"""
SQL = Path(__file__).with_name("drawing.sql").read_text(encoding="utf-8").replace(":drawn", DRAWN)


class Migration(migrations.Migration):
    dependencies = (("places", "0006_name"),)
    operations = (migrations.RunSQL(SQL),)
