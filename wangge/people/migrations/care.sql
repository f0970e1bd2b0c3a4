-- A need lies where its person lives: when the person moves within the area it goes along in the same statement.
create unique index people_person_in_area on people_person (id, area_id);
alter table people_careneed add constraint people_careneed_place foreign key (person_id, area_id)
  references people_person (id, area_id) on update cascade;

-- Withdrawn, ended or moved away: the row goes, at once. Whoever sees it may remove it.
create policy people_careneed_delete on people_careneed for delete to wg_app using (
  area_id = any ((select people_areas())::int[])
  or (carer_id = (select wg_actor()) or deputy_id = (select wg_actor())) and area_id = any ((select wg_areas())::int[]));
create policy people_carecount_delete on people_carecount for delete to wg_app using ((select wg_has_role('system')));

-- Behind which doors those live whom the actor was named to look after, while a post of his reaches there: doors, and
-- nothing of the persons.
create policy people_careneed_charges on people_careneed for select to wg_owner using (true);
create policy people_person_charges on people_person for select to wg_owner using (true);
create policy people_household_charges on people_household for select to wg_owner using (true);
create function people_charges() returns table (need_id bigint, dwelling_id bigint)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select n.id, h.dwelling_id
    from people_careneed n join people_person p on p.id = n.person_id join people_household h on h.id = p.home_id
   where (n.carer_id = (select wg_actor()) or n.deputy_id = (select wg_actor()))
     and n.area_id = any ((select wg_areas())::int[])
$$;
