-- How many open cases lie in these areas, by state and by clock: numbers for a preview, no case.
create function cases_open_in(areas bigint[], at_moment timestamptz) returns table (state text, look text, n bigint)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.state, case when c.due_at < at_moment then 'over'
                       when at_moment - c.stage_at >= c.due_at - at_moment then 'near' else 'in_time' end, count(*)
    from cases_case c
   where c.area_id = any (areas) and (select places_sees_changes()) and c.state in (
         'reported', 'verifying', 'accepted', 'filed', 'returned', 'reopened', 'dispatched', 'in_progress',
         'extension', 'suspended', 'handled', 'checking', 'rework', 'revisiting')
   group by 1, 2
$$;

-- How many cases of a span of days lay in an area on the day they were reported, and how many lie in it today. The first
-- number stays with an area whatever moves afterwards; who may see the cases themselves is another question.
create function cases_reported_in(root bigint, since date, until date, zone text)
  returns table (by_then bigint, by_now bigint)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with span as materialized (select i.area_id, i.since, i.until from places_inside(root) i),
  today as materialized (select r.descendant_id as area_id from access_reach r where r.ancestor_id = root),
  held as materialized (
    select c.area_id, (c.reported_at at time zone zone)::date as day from cases_case c
     where c.reported_at >= since::timestamp at time zone zone and c.reported_at < until::timestamp at time zone zone
       and c.area_id in (select s.area_id from span s union select t.area_id from today t))
  select (select count(*) from held h join span s on s.area_id = h.area_id and h.day >= s.since and h.day < s.until),
         (select count(*) from held h join today t on t.area_id = h.area_id)
   where (select places_sees_changes())
$$;

-- Each signs for himself: who gives away in the old area, who takes over in the new one.
create function cases_guard_handover() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if (new.signed_by_id, new.signed_at) is distinct from (old.signed_by_id, old.signed_at)
     and not (old.signed_by_id is null and new.signed_by_id = wg_actor() and old.origin_id = any (wg_areas()))
     or (new.acknowledged_by_id, new.acknowledged_at) is distinct from (old.acknowledged_by_id, old.acknowledged_at)
     and not (old.acknowledged_by_id is null and new.acknowledged_by_id = wg_actor()
              and old.target_id = any (wg_areas())) then
    raise exception 'not yours to sign' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
