"""The reach of areas, kept by a trigger; who may read doors; places found by any part of their name."""

from django.db import migrations

from wangge.access.rls import IN_MY_AREAS, guard

REACH = """
create function places_reach() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if new.parent_id is distinct from old.parent_id then
      raise exception 'an area keeps its parent: end it and begin another' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  insert into access_reach (ancestor_id, descendant_id)
  select r.ancestor_id, new.id from access_reach r where r.descendant_id = new.parent_id
  union all select new.id, new.id;
  return new;
end $$;
create trigger reach after insert or update on places_area for each row execute function places_reach();
"""
SYSTEM = "(select wg_has_role('system'))"
PUBLIC_REGISTER = ("places_area", "places_areacode", "places_grid", "places_compound", "places_building",
                   "places_address", "places_basemap")  # fmt: skip


class Migration(migrations.Migration):
    dependencies = (("places", "0001_initial"), ("access", "0002_functions"))
    operations = (
        migrations.RunSQL(REACH),
        migrations.RunSQL("create index places_address_trgm on places_address using gin (text gin_trgm_ops)"),
        *(guard(table, read="true", insert=SYSTEM, update=SYSTEM) for table in PUBLIC_REGISTER),
        guard("places_dwelling", read=IN_MY_AREAS, insert=SYSTEM, update=SYSTEM),
    )
