-- Lists that are being given back now, by who may: what they made may go, and nothing else.
create function people_giving_back() returns text[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg('import:' || i.id), '{}') from exchange_import i
   where i.state = 'undoing' and i.kind = 'persons'
     and ((select wg_importing()) or i.by_id = (select wg_actor()))
$$;

-- A job that brings lists in need not look through seven thousand grids for each row.
alter policy people_dwellinguse_read on people_dwellinguse
  using ((select wg_importing()) or area_id = any ((select people_areas())::int[]));
alter policy people_household_read on people_household
  using ((select wg_importing()) or area_id = any ((select people_areas())::int[]));
alter policy people_person_read on people_person
  using ((select wg_importing()) or area_id = any ((select people_areas())::int[]));
alter policy people_occupancy_read on people_occupancy
  using ((select wg_importing()) or area_id = any ((select people_areas())::int[]));
alter policy people_dwellinguse_insert on people_dwellinguse
  with check ((select wg_importing()) or area_id = any ((select people_areas())::int[]));
alter policy people_household_insert on people_household
  with check ((select wg_importing()) or area_id = any ((select people_areas())::int[]));
alter policy people_person_insert on people_person
  with check ((select wg_importing()) or area_id = any ((select people_areas())::int[]));
alter policy people_occupancy_insert on people_occupancy
  with check ((select wg_importing()) or area_id = any ((select people_areas())::int[]));

alter policy people_dwellinguse_delete on people_dwellinguse
  using ((select wg_has_role('system')) or source = any ((select people_giving_back())::text[]));
alter policy people_household_delete on people_household
  using ((select wg_has_role('system')) or cardinality((select people_giving_back())::text[]) > 0);
alter policy people_person_delete on people_person
  using ((select wg_has_role('system')) or source = any ((select people_giving_back())::text[]));
alter policy people_occupancy_delete on people_occupancy
  using ((select wg_has_role('system')) or source = any ((select people_giving_back())::text[]));

-- Staged rows go when their import is given up, also by who sees no resident.
create function people_forget_arrivals(import bigint) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from people_arrival where of_id = import and exists (
    select from exchange_import i where i.id = import
     and ((select wg_has_role('system')) or (i.role <> 'secretary' and wg_has_role(i.role)) or i.by_id = (select wg_actor())))
$$;
create policy people_arrival_owner on people_arrival to wg_owner using (true);
