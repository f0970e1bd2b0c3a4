-- The reach of a post is read from the index of ancestors; only the house itself reaches every area.
create or replace function wg_areas() returns integer[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(found.id), '{}') from (
    select r.descendant_id as id from access_post p join access_reach r on r.ancestor_id = p.area_id
     where p.account_id = (select wg_actor()) and p.valid_from <= now() and (p.valid_to is null or p.valid_to > now())
     union
    select r.descendant_id from access_reach r
     where r.ancestor_id = r.descendant_id and (select wg_has_role('system'))) found
$$;

-- Puts the secrets into the transaction and tells whose they are: one question instead of two for every request.
create function wg_enter(secret text, bearer text)
  returns table (account_id integer, purpose text, kind text, roles jsonb)
  language plpgsql volatile set search_path = pg_catalog, public, pg_temp as $$
begin
  perform set_config('wg.token', secret, true), set_config('wg.bearer', bearer, true);
  return query select m.account_id, m.purpose, m.kind, m.roles from wg_me() m;
end $$;
