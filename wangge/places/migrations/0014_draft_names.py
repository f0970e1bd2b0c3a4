"""What a draft says of its grids: names and numbers by hand, figures; numbers that grids had before, for these are never given again."""

from django.db import migrations, models

GUARD = """
create or replace function places_guard_draft() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.area_id <> new.area_id or old.number <> new.number or old.made_by_id <> new.made_by_id
     or old.state in ('submitted', 'discarded') and (new.units, new.general, new.micro, new.limits, new.names)
        is distinct from (old.units, old.general, old.micro, old.limits, old.names) then
    raise exception 'a draft of grids stays as it was submitted' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = (("places", "0013_micro_outlines"),)
    operations = (
        migrations.AddField("griddraft", "names", models.JSONField(default=dict)),
        migrations.AddField("griddraft", "rows", models.JSONField(default=dict)),
        migrations.AddField("grid", "former_numbers", models.JSONField(default=list)),
        migrations.RunSQL(GUARD),
    )
