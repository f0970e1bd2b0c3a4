-- How many homes each stairwell of a community has, for who divides it into grids: numbers, and no door.
create function places_stairs(community bigint) returns table (building_id bigint, unit text, homes bigint, top integer)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select d.building_id, d.unit::text, count(*), max(d.floor)
    from access_reach r
    join places_building b on b.grid_id = r.descendant_id
    join places_dwelling d on d.building_id = b.id
   where r.ancestor_id = community and (select places_sees_changes())
     and (community = any (wg_areas()) or wg_importing())
   group by 1, 2
$$;

create policy places_building_owner on places_building for select to wg_owner using (true);

-- A plan is drafted by one, approved by another whose area holds all of it, and put in force by the house itself. What
-- divides a community into grids is a matter of its town and community; every other change one of the county.
create or replace function places_guard_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  house boolean := wg_has_role('system');
  divides boolean := new.kind = 'divide';
begin
  if tg_op = 'INSERT' then
    if new.state = 'draft' and new.drafted_by_id = wg_actor() and (house or wg_has_role('system_admin')
       or divides and (wg_has_role('town_staff') or wg_has_role('secretary'))) then
      return new;
    end if;
  elsif new.kind is distinct from old.kind then
    null;
  elsif new.state = 'approved' then
    if old.state = 'draft' and new.approved_by_id = wg_actor()
       and (wg_has_role('duty_chief') or divides and wg_has_role('town_staff')) and not exists (
         select from places_changepart p where p.change_id = new.id
            and (not coalesce(p.area_id, p.parent_id) = any (wg_areas()) or not p.parent_id = any (wg_areas()))) then
      return new;
    end if;
  elsif new.approved_by_id is not distinct from old.approved_by_id then
    if new.state = 'in_force' and old.state = 'approved' and house then
      return new;
    elsif new.state = 'withdrawn' and old.state in ('draft', 'approved')
          and (house or wg_has_role('system_admin') or wg_has_role('duty_chief')
               or divides and (wg_has_role('town_staff') or wg_has_role('secretary'))) then
      return new;
    end if;
  end if;
  raise exception 'a change of areas is drafted, approved by a second person, and takes effect on its date'
    using errcode = 'insufficient_privilege';
end $$;

-- What was submitted stays as it was submitted.
create function places_guard_draft() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.area_id <> new.area_id or old.number <> new.number or old.made_by_id <> new.made_by_id
     or old.state in ('submitted', 'discarded') and (new.units, new.general, new.micro, new.limits)
        is distinct from (old.units, old.general, old.micro, old.limits) then
    raise exception 'a draft of grids stays as it was submitted' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger guard before update on places_griddraft for each row execute function places_guard_draft();

create index places_microgrid_grid on places_microgrid (grid_id) where valid_to is null;
