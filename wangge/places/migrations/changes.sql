-- Whoever works with plans of the tree.
create function places_sees_changes() returns boolean
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select wg_has_role('system_admin') or wg_has_role('duty_chief') or wg_has_role('dispatcher')
      or wg_has_role('town_staff') or wg_has_role('secretary') or wg_has_role('system')
$$;

-- The functions below look with the owner's eyes.
create policy places_area_owner on places_area for select to wg_owner using (true);
create policy places_change_owner on places_change for select to wg_owner using (true);
create policy places_changepart_owner on places_changepart for select to wg_owner using (true);
create policy places_dwelling_owner on places_dwelling for select to wg_owner using (true);

-- A plan is drafted by one, approved by another whose area holds all of it, and put in force by the house itself.
create function places_guard_change() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  house boolean := wg_has_role('system');
begin
  if tg_op = 'INSERT' then
    if new.state = 'draft' and new.drafted_by_id = wg_actor() and (house or wg_has_role('system_admin')) then
      return new;
    end if;
  elsif new.state = 'approved' then
    if old.state = 'draft' and new.approved_by_id = wg_actor() and wg_has_role('duty_chief') and not exists (
         select from places_changepart p where p.change_id = new.id
            and (not coalesce(p.area_id, p.parent_id) = any (wg_areas()) or not p.parent_id = any (wg_areas()))) then
      return new;
    end if;
  elsif new.approved_by_id is not distinct from old.approved_by_id then
    if new.state = 'in_force' and old.state = 'approved' and house then
      return new;
    elsif new.state = 'withdrawn' and old.state in ('draft', 'approved')
          and (house or wg_has_role('system_admin') or wg_has_role('duty_chief')) then
      return new;
    end if;
  end if;
  raise exception 'a change of areas is drafted, approved by a second person, and takes effect on its date'
    using errcode = 'insufficient_privilege';
end $$;
create trigger guard before insert or update on places_change for each row execute function places_guard_change();

-- What was approved stays as it was approved; the house adds what is known only on the date.
create function places_guard_part() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.area_id <> new.area_id or old.area_id is not null and new.area_id is null
     or old.parent_id <> new.parent_id or old.parent_id is not null and new.parent_id is null
     or old.origin_id is not null then
    raise exception 'a part of a change stays as it was drafted' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger guard before update on places_changepart for each row execute function places_guard_part();

-- The reach of an area and where it belonged, kept with the row itself. An area is moved or ended only as an approved
-- change says, word for word, whatever SQL asks; then everything inside it comes along in the same transaction.
create or replace function places_reach() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  day date;
  opened date;
begin
  if tg_op = 'INSERT' then
    insert into access_reach (ancestor_id, descendant_id)
    select r.ancestor_id, new.id from access_reach r where r.descendant_id = new.parent_id
    union all select new.id, new.id;
    return new;
  end if;
  if (new.parent_id, new.level, new.valid_from, new.valid_to)
     is not distinct from (old.parent_id, old.level, old.valid_from, old.valid_to) then
    update access_reachversion set number = number + 1 where new.name <> old.name;
    return new;
  end if;
  select c.effective_on into day from places_change c join places_changepart p on p.change_id = c.id
   where c.state = 'approved' and p.area_id = new.id and p.parent_id = new.parent_id
     and (new.level, new.valid_from) = (old.level, old.valid_from) and old.valid_to is null
     and (p.deed = 'move' and new.valid_to is null or p.deed = 'end' and new.valid_to = c.effective_on)
   order by c.effective_on limit 1;
  select b.valid_from into opened from places_belonging b where b.child_id = new.id and b.valid_to is null;
  if day is null or opened is null or opened > day or new.valid_to is not null and (opened = day
     or exists (select from places_area a where a.parent_id = new.id and a.valid_to is null)) then
    raise exception 'an area keeps its parent and its days until an approved change takes effect'
      using errcode = 'insufficient_privilege';
  end if;
  if exists (select from access_reach r where r.ancestor_id = new.id and r.descendant_id = new.parent_id) then
    raise exception 'an area cannot lie inside itself' using errcode = 'check_violation';
  end if;
  if opened = day then
    update places_belonging set parent_id = new.parent_id where child_id = new.id and valid_to is null;
  else
    update places_belonging set valid_to = day where child_id = new.id and valid_to is null;
    if new.valid_to is null then
      insert into places_belonging (child_id, parent_id, valid_from) values (new.id, new.parent_id, day);
    end if;
  end if;
  delete from access_reach r using access_reach s
   where s.ancestor_id = new.id and r.descendant_id = s.descendant_id and not exists (
         select from access_reach i where i.ancestor_id = new.id and i.descendant_id = r.ancestor_id);
  insert into access_reach (ancestor_id, descendant_id)
  select up.ancestor_id, s.descendant_id from access_reach up, access_reach s
   where up.descendant_id = new.parent_id and s.ancestor_id = new.id;
  update access_reachversion set number = number + 1;
  return new;
end $$;

-- How many dwellings lie in these areas, for a preview: a number and no door.
create function places_dwellings_in(areas bigint[]) returns bigint
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select count(*) from places_dwelling d where d.area_id = any (areas) and (select places_sees_changes())
$$;

-- Everything that ever lay inside an area, itself included, each with the days on which it did.
create function places_inside(root bigint) returns table (area_id bigint, since date, until date)
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with recursive held as (
    select root as id, '-infinity'::date as since, 'infinity'::date as until
     union all
    select b.child_id, greatest(h.since, b.valid_from), least(h.until, coalesce(b.valid_to, 'infinity'))
      from held h join places_belonging b on b.parent_id = h.id
     where greatest(h.since, b.valid_from) < least(h.until, coalesce(b.valid_to, 'infinity')))
  select id, since, until from held
$$;
