-- A merge lies where who stays lives, and goes along when they move or grids are drawn anew; what it keeps goes with it.
create unique index people_merge_in_area on people_merge (id, area_id);
alter table people_merge add constraint people_merge_place foreign key (kept_id, area_id)
  references people_person (id, area_id) on update cascade;
alter table people_mergedperson add constraint people_merged_place foreign key (merge_id, area_id)
  references people_merge (id, area_id) on update cascade;

-- Whether the actor keeps the registry of somebody, also under the number of an entry that was joined.
create function people_knows(of_person bigint) returns boolean
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from people_person p where p.id = of_person)
      or exists (select from people_merge m where m.gone = of_person and m.undone_at is null)
$$;

-- Who was joined to somebody else goes, with the home that was written down twice; nobody else does.
alter policy people_person_delete on people_person
  using ((select wg_has_role('system')) or source = any ((select people_giving_back())::text[])
    or exists (select from people_merge m where m.gone = people_person.id and m.undone_at is null));
alter policy people_occupancy_delete on people_occupancy
  using ((select wg_has_role('system')) or source = any ((select people_giving_back())::text[])
    or exists (select from people_merge m where m.gone = people_occupancy.person_id and m.undone_at is null));
create policy people_merge_delete on people_merge for delete to wg_app using ((select wg_has_role('system')));
create policy people_mergedperson_delete on people_mergedperson for delete to wg_app
  using ((select wg_has_role('system'))
    or exists (select from people_merge m where m.id = merge_id and m.undone_at is not null));

-- The functions below look with the owner's eyes.
create policy people_merge_owner on people_merge for select to wg_owner using (true);
create policy people_retentionhold_owner on people_retentionhold for select to wg_owner using (true);
create policy people_retentionhold_moved on people_retentionhold for update to wg_owner using (true);

-- Why somebody of one's own area cannot be joined to another entry now; null when nothing is in the way.
create function people_merge_hindrance(of_person bigint, today date) returns text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select case
    when not exists (select from people_person p where p.id = of_person and p.area_id = any ((select people_areas())::int[]))
      then 'stranger'
    when exists (select from people_retentionhold h
                  where h.person_id = of_person and h.ended_at is null and h.until >= today) then 'held'
    when exists (select from people_arrival r where r.record_id = of_person)
      or exists (select from exchange_change c where lower(c.table) = 'people.person' and c.record = of_person)
      then 'listed'
    when exists (select from people_occupancy y
                  where y.person_id = of_person and y.area_id <> all ((select people_areas())::int[])) then 'elsewhere'
  end
$$;

-- Holds of before, which keepers of the registry do not see, go over with a merge and back with its end.
create function people_merge_holds(of_merge bigint, only_these bigint[]) returns bigint[]
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with moved as (
    update people_retentionhold h
       set person_id = case when m.undone_at is null then m.kept_id else m.gone end
      from people_merge m
     where m.id = of_merge and m.area_id = any ((select people_areas())::int[])
       and h.person_id = case when m.undone_at is null then m.gone else m.kept_id end
       and (m.undone_at is null or h.id = any (only_these))
    returning h.id)
  select coalesce(array_agg(id order by id), '{}') from moved
$$;

-- Who looked at a person, also under the number of an entry that was joined to theirs.
create function people_numbers_of(of_person bigint) returns text[]
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select array['person:' || of_person] || coalesce(array_agg('person:' || m.gone), '{}')
    from people_merge m where m.kept_id = of_person and m.undone_at is null
$$;
