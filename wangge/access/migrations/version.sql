-- As before, and with the number of the tree: read with the session, so that it costs no question of its own.
drop function wg_enter(text, text);
create function wg_enter(secret text, bearer text)
  returns table (account_id integer, purpose text, kind text, roles jsonb, version bigint)
  language plpgsql volatile set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  perform set_config('wg.token', secret, true), set_config('wg.bearer', bearer, true);
  return query select m.account_id, m.purpose, m.kind, m.roles, (select v.number from access_reachversion v)
    from wg_me() m;
end $$;
