-- Where somebody may see residents: the grid's own worker and the community's secretary, nobody by any other post. A job
-- that brings lists in, and the house itself, see all.
create function people_areas() returns integer[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct r.descendant_id), '{}') from (
    select p.area_id from access_post p
     where p.account_id = (select wg_actor()) and p.role in ('grid_worker', 'secretary')
       and p.valid_from <= now() and (p.valid_to is null or p.valid_to > now())
     union all
    select d.ancestor_id from access_reach d where d.ancestor_id = d.descendant_id and (select wg_importing())) held
    join access_reach r on r.ancestor_id = held.area_id
$$;

-- A row lies where its dwelling lies: when grids are drawn anew it goes along in the same statement.
create unique index places_dwelling_in_area on places_dwelling (id, area_id);
create unique index people_household_in_area on people_household (id, area_id);
alter table people_dwellinguse add constraint people_use_place foreign key (dwelling_id, area_id)
  references places_dwelling (id, area_id) on update cascade;
alter table people_household add constraint people_household_place foreign key (dwelling_id, area_id)
  references places_dwelling (id, area_id) on update cascade;
alter table people_person add constraint people_person_place foreign key (home_id, area_id)
  references people_household (id, area_id) on update cascade;
alter table people_occupancy add constraint people_occupancy_place foreign key (household_id, area_id)
  references people_household (id, area_id) on update cascade;

-- Only the house removes (retention, requests of the persons themselves), never a page.
create policy people_dwellinguse_delete on people_dwellinguse for delete to wg_app using ((select wg_has_role('system')));
create policy people_household_delete on people_household for delete to wg_app using ((select wg_has_role('system')));
create policy people_person_delete on people_person for delete to wg_app using ((select wg_has_role('system')));
create policy people_occupancy_delete on people_occupancy for delete to wg_app using ((select wg_has_role('system')));
