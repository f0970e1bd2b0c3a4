-- A canary is joined to nobody, and who tries hears what is said of anybody whom a hold keeps.
create policy people_canary_owner on people_canary for select to wg_owner using (true);
create or replace function people_merge_hindrance(of_person bigint, today date) returns text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case
    when not exists (select from people_person p where p.id = of_person and p.area_id = any ((select people_areas())::int[]))
      then 'stranger'
    when exists (select from people_retentionhold h
                  where h.person_id = of_person and h.ended_at is null and h.until >= today)
      or exists (select from people_canary c where c.person_id = of_person) then 'held'
    when exists (select from people_arrival r where r.record_id = of_person)
      or exists (select from exchange_change c where lower(c.table) = 'people.person' and c.record = of_person)
      then 'listed'
    when exists (select from people_occupancy y
                  where y.person_id = of_person and y.area_id <> all ((select people_areas())::int[])) then 'elsewhere'
  end
$$;
