-- Sessions that ended before a moment, for the house itself: counted, named by their digest, removed. Those of the last
-- day never go, whatever the moment: removing makes sessions itself.
create function wg_sessions_over(before timestamptz) returns table (rows bigint, oldest date)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select count(*), min(least(s.ended_at, s.ends_at))::date from access_session s
   where least(s.ended_at, s.ends_at) < least(before, clock_timestamp() - interval '1 day') and (select wg_has_role('system'))
$$;

create function wg_take_sessions(before timestamptz, most integer) returns table (handle text, since date)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select encode(s.token_digest, 'hex'), least(s.ended_at, s.ends_at)::date from access_session s
   where least(s.ended_at, s.ends_at) < least(before, clock_timestamp() - interval '1 day') and (select wg_has_role('system'))
   limit most
$$;

create function wg_forget_sessions(handles text[], before timestamptz) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare gone integer;
begin
  delete from access_session s
   where s.token_digest in (select decode(h, 'hex') from unnest(handles) h)
     and least(s.ended_at, s.ends_at) < least(before, clock_timestamp() - interval '1 day') and wg_has_role('system');
  get diagnostics gone = row_count;
  return gone;
end $$;
