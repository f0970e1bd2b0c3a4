-- The areas outside the actor's reach, where they are only those above a post that reaches all the rest: a county's
-- post in a county's tree. Null wherever more lies outside; then the areas inside have to be asked for (wg_areas).
create function places_beyond() returns integer[]
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_generic_plan as $$
declare
  roots integer[];
  is_system boolean;
  above integer[];
begin
  select array_agg(distinct p.area_id) filter (where p.area_id is not null and p.role <> 'property_staff'),
         bool_or(p.role = 'system')
    into roots, is_system from access_post p
   where p.account_id = wg_actor() and p.valid_from <= now() and (p.valid_to is null or p.valid_to > now());
  if is_system then
    return '{}';
  elsif roots is null or cardinality(roots) > 1 then
    return null;
  end if;
  above := array(select r.ancestor_id from access_reach r where r.descendant_id = roots[1] and r.ancestor_id <> roots[1]);
  -- Nothing hangs beside the way from the top down to the post: then all but the way itself hangs below the post.
  if exists (select from places_area a where a.parent_id is null and a.id <> all (above || roots))
     or exists (select from places_area a where a.parent_id = any (above) and a.id <> all (above || roots)) then
    return null;
  end if;
  return above;
end $$;
