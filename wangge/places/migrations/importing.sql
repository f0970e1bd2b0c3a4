-- Doors are read by the grid's own team; a job that brings them in sees all, and nothing else of those areas.
create function places_door_areas() returns integer[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case when wg_importing() then (select coalesce(array_agg(descendant_id), '{}') from access_reach where ancestor_id = descendant_id)
              else wg_areas() end
$$;
alter policy places_dwelling_read on places_dwelling using (area_id = any ((select places_door_areas())::int[]));
alter policy places_dwelling_update on places_dwelling using (area_id = any ((select places_door_areas())::int[]));

-- An area that goes takes along what triggers had written for it; what lies in it holds it by its foreign key.
create function places_forget() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from access_post where area_id = old.id) then
    raise exception 'somebody works in this area' using errcode = 'foreign_key_violation';
  end if;
  delete from places_belonging where child_id = old.id;
  delete from access_reach where old.id in (descendant_id, ancestor_id);
  return old;
end $$;
create trigger forget before delete on places_area for each row execute function places_forget();
