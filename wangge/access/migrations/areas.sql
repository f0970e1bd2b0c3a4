-- Nearly everybody has posts at one root: then nothing has to be sorted, and the plan is made once in a session.
create or replace function wg_areas() returns integer[]
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  roots integer[] := (
    select array_agg(distinct p.area_id) from access_post p
     where p.account_id = wg_actor() and p.area_id is not null
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
