-- A post of a property firm reaches no area: its staff see no case, door or resident by it. Else as before.
create or replace function wg_areas() returns integer[]
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  roots integer[] := (
    select array_agg(distinct p.area_id) from access_post p
     where p.account_id = wg_actor() and p.area_id is not null and p.role <> 'property_staff'
       and p.valid_from <= now() and (p.valid_to is null or p.valid_to > now()));
begin
  if wg_has_role('system') then
    return (select coalesce(array_agg(r.descendant_id), '{}') from access_reach r where r.ancestor_id = r.descendant_id);
  elsif cardinality(roots) = 1 then
    return (select coalesce(array_agg(r.descendant_id), '{}') from access_reach r where r.ancestor_id = roots[1]);
  end if;
  return (select coalesce(array_agg(distinct r.descendant_id), '{}') from access_reach r
           where r.ancestor_id = any (coalesce(roots, '{}')));
end $$;

create policy people_firm_owner on people_firm for select to wg_owner using (true);
create policy people_premises_owner on people_premises for select to wg_owner using (true);
create policy people_managing_owner on people_managing for select to wg_owner using (true);
create policy people_firmstaff_owner on people_firmstaff for select to wg_owner using (true);

-- The firms for which the actor hands in sheets: the post and the firm's own list must both say so.
create function people_firms() returns bigint[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(s.firm_id), '{}') from people_firmstaff s
   where s.account_id = wg_actor() and s.since <= now() and (s.until is null or s.until > now())
     and wg_has_role('property_staff')
$$;

-- The compounds they look after.
create function people_firm_compounds() returns bigint[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct m.compound_id), '{}') from people_managing m
   where m.firm_id = any ((select people_firms())::bigint[]) and (m.until is null or m.until >= current_date)
$$;

-- The doors of one of these compounds: numbers at doors, nobody behind them.
create function people_firm_doors(of_compound bigint)
  returns table (dwelling_id bigint, building_id bigint, area_id bigint, unit text, room text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select d.id, d.building_id, d.area_id, d.unit::text, d.room::text
    from places_building b join places_dwelling d on d.building_id = b.id
   where b.compound_id = of_compound and of_compound = any ((select people_firm_compounds())::bigint[])
$$;

-- Firms that the actor's own areas have to do with: written down there, with premises there, managing a compound there.
create function people_firms_near() returns bigint[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with mine as (select unnest(people_areas()) as area_id)
  select coalesce(array_agg(id), '{}') from (
    select f.id from people_firm f join mine using (area_id)
     union select p.firm_id from people_premises p join mine using (area_id)
     union select m.firm_id from people_managing m join mine using (area_id)) near
$$;

-- One's own areas, and for a grid worker the community they lie in: where sheets are handed in.
create function people_near_areas() returns integer[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(id), '{}') from (
    select unnest(people_areas()) as id
     union select a.parent_id from access_post p join places_area a on a.id = p.area_id
     where p.account_id = (select wg_actor()) and p.role = 'grid_worker'
       and p.valid_from <= now() and (p.valid_to is null or p.valid_to > now())) near
$$;

-- Organisations are public inside the house.
create function people_sees_firms() returns boolean
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select wg_has_role('grid_worker') or wg_has_role('secretary') or wg_has_role('town_staff')
      or wg_has_role('security_admin') or wg_has_role('system')
$$;

-- A row lies where its place lies, and goes along when grids and communities are drawn anew.
create unique index places_building_in_grid on places_building (id, grid_id);
create unique index places_compound_in_community on places_compound (id, community_id);
alter table people_premises add constraint people_premises_place foreign key (building_id, area_id)
  references places_building (id, grid_id) on update cascade;
alter table people_managing add constraint people_managing_place foreign key (compound_id, area_id)
  references places_compound (id, community_id) on update cascade;
alter table people_sheet add constraint people_sheet_place foreign key (compound_id, area_id)
  references places_compound (id, community_id) on update cascade;
alter table people_sheetline add constraint people_line_place foreign key (dwelling_id, area_id)
  references places_dwelling (id, area_id) on update cascade;
alter table people_sheetline add constraint people_line_house foreign key (inside_id, area_id)
  references places_building (id, grid_id) on update cascade;

-- A line is about a door of the compound of its sheet; it goes on only as the side may whose turn it is.
create function people_guard_line() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.state = 'waiting' and new.handled_by_id is null
       and (new.inside_id is null or new.inside_id = new.building_id) and exists (
         select from people_sheet s join places_building b on b.id = new.building_id and b.compound_id = s.compound_id
          where s.id = new.sheet_id and s.firm_id = new.firm_id) then
      return new;
    end if;
  elsif to_jsonb(new) - 'area_id' = to_jsonb(old) - 'area_id' then
    return new;
  elsif (new.sheet_id, new.firm_id, new.building_id) = (old.sheet_id, old.firm_id, old.building_id)
        and (new.unit, new.room) = (old.unit, old.room)
        and (new.dwelling_id, new.inside_id) is not distinct from (old.dwelling_id, old.inside_id) then
    if new.firm_id = any ((select people_firms())::bigint[]) and (
         old.state = 'sent_back' and new.state = 'answered' or old.state = 'taken' and new.state = 'objected'
         or old.state in ('waiting', 'to_visit', 'sent_back', 'answered') and new.state = 'withdrawn')
       or new.area_id = any ((select people_areas())::int[])
          and old.state in ('waiting', 'to_visit', 'answered', 'objected')
          and new.state in ('taken', 'to_visit', 'sent_back')
       or wg_has_role('system') then
      return new;
    end if;
  end if;
  raise exception 'a line of a daily sheet goes on by the side whose turn it is' using errcode = 'insufficient_privilege';
end $$;
create trigger guard before insert or update on people_sheetline for each row execute function people_guard_line();

-- What nobody has worked on is replaced by the firm's next sheet of the same day; the rest is removed by the house alone.
create policy people_sheetline_delete on people_sheetline for delete to wg_app using (
  state = 'waiting' and firm_id = any ((select people_firms())::bigint[]) or (select wg_has_role('system')));
