-- The one scope mechanism: an unguessable session token in the transaction, looked up here, loud when missing.
-- Every function fixes its search_path with pg_temp last, so that no temporary table can stand in for ours.

create function wg_hmac(message bytea) returns bytea
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select sha256(k.outer_pad || sha256(k.inner_pad || message)) from access_sessionkey k limit 1
$$;
revoke all on function wg_hmac(bytea) from public;

create function wg_digest(secret text) returns bytea
  language sql immutable set search_path = pg_catalog, pg_temp as $$
  select sha256(convert_to(secret, 'UTF8'))
$$;

create function wg_actor() returns integer
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare found integer;
begin
  select s.account_id into found from access_session s
   where s.token_digest = wg_digest(nullif(current_setting('wg.token', true), ''))
     and s.ended_at is null and s.ends_at > clock_timestamp();
  if found is null then
    raise exception 'no open session in this transaction' using errcode = 'insufficient_privilege';
  end if;
  return found;
end $$;

-- The digest of the secret a bearer presents: it opens the one row that was made with it.
create function wg_bearer() returns bytea
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select wg_digest(nullif(current_setting('wg.bearer', true), ''))
$$;

create function wg_me() returns table (account_id integer, purpose text, kind text, roles jsonb)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.account_id::integer, s.purpose::text, s.kind::text,
         coalesce((select jsonb_agg(jsonb_build_array(p.role, p.area_id, p.organisation_id) order by p.id)
                     from access_post p where p.account_id = s.account_id and p.valid_from <= now()
                      and (p.valid_to is null or p.valid_to > now())), '[]')
    from access_session s
   where s.token_digest = wg_digest(nullif(current_setting('wg.token', true), ''))
     and s.ended_at is null and s.ends_at > clock_timestamp()
$$;

create function wg_areas() returns integer[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(distinct r.descendant_id), '{}')
    from access_post p join access_reach r
      on r.ancestor_id = p.area_id or p.role = 'system' and r.ancestor_id = r.descendant_id
   where p.account_id = wg_actor() and p.valid_from <= now() and (p.valid_to is null or p.valid_to > now())
$$;

create function wg_organisations() returns integer[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(p.organisation_id), '{}')
    from access_post p
   where p.account_id = wg_actor() and p.role = 'handler' and p.organisation_id is not null
     and p.valid_from <= now() and (p.valid_to is null or p.valid_to > now())
$$;

create function wg_has_role(wanted text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (select from access_post p
   where p.account_id = wg_actor() and p.role = wanted and p.valid_from <= now()
     and (p.valid_to is null or p.valid_to > now()))
$$;

-- May the actor give (or end) this post? Nobody may give himself one; an area must lie inside the giver's own.
create function wg_may_post(for_account bigint, wanted text, in_area integer) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select for_account <> wg_actor() and exists (
    select from access_post p join access_role r on r.code = wanted
     where p.account_id = wg_actor() and r.granted_by ? p.role
       and p.valid_from <= now() and (p.valid_to is null or p.valid_to > now())
       and (p.area_id is null or in_area is not null and exists (
            select from access_reach x where x.ancestor_id = p.area_id and x.descendant_id = in_area)))
$$;

create function wg_open_session(for_account integer, digest bytea, of_kind text, for_purpose text, with_label text,
                                until timestamptz, issued bigint, mac bytea) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if wg_hmac(convert_to(concat_ws('|', for_account, encode(digest, 'hex'), of_kind, for_purpose,
       extract(epoch from until)::bigint, issued), 'UTF8')) is distinct from mac
     or abs(extract(epoch from clock_timestamp()) - issued) > 120 then
    raise exception 'this session was not opened by our own process' using errcode = 'insufficient_privilege';
  end if;
  insert into access_session (token_digest, account_id, kind, purpose, label, opened_at, ends_at)
  values (digest, for_account, of_kind, for_purpose, left(with_label, 200), clock_timestamp(), until);
end $$;

create function wg_close_session(secret text) returns void
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  update access_session set ended_at = clock_timestamp()
   where token_digest = wg_digest(secret) and ended_at is null
$$;

-- Ends every session of one account: the account's own, or one whose posts the actor may give.
create function wg_close_sessions(of_account integer, except_secret text) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
declare closed integer;
begin
  if of_account <> wg_actor() and not exists (
       select from access_post p where p.account_id = of_account and wg_may_post(of_account, p.role, p.area_id)) then
    raise exception 'not yours to end' using errcode = 'insufficient_privilege';
  end if;
  update access_session set ended_at = clock_timestamp()
   where account_id = of_account and ended_at is null and kind in ('web', 'device')
     and token_digest is distinct from wg_digest(except_secret);
  get diagnostics closed = row_count;
  return closed;
end $$;

create function wg_my_sessions() returns table (handle text, kind text, label text, opened_at timestamptz,
                                                ends_at timestamptz, this_one boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select left(encode(s.token_digest, 'hex'), 16), s.kind, s.label, s.opened_at, s.ends_at,
         s.token_digest = wg_digest(current_setting('wg.token', true))
    from access_session s
   where s.account_id = wg_actor() and s.ended_at is null and s.ends_at > now() and s.kind in ('web', 'device')
   order by s.opened_at desc
$$;

create function wg_close_my_session(of_handle text) returns boolean
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (
    update access_session set ended_at = clock_timestamp()
     where account_id = wg_actor() and ended_at is null
       and left(encode(token_digest, 'hex'), 16) = of_handle returning 1)
  select exists (select from gone)
$$;

-- Spends one try of a budget; true while some is left. Needs no session: it guards the way to one.
create function wg_spend(key bytea, most integer, seconds integer) returns boolean
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into access_budget as b (key_digest, window_ends_at, spent)
  values (key, clock_timestamp() + make_interval(secs => seconds), 1)
  on conflict (key_digest) do update set
    spent = case when b.window_ends_at < clock_timestamp() then 1 else b.spent + 1 end,
    window_ends_at = case when b.window_ends_at < clock_timestamp()
                          then clock_timestamp() + make_interval(secs => seconds) else b.window_ends_at end
  returning spent <= most
$$;

create function wg_left(key bytea, most integer) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select not exists (select from access_budget b
                      where b.key_digest = key and b.window_ends_at > clock_timestamp() and b.spent >= most)
$$;

create function wg_refund(key bytea) returns void
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from access_budget where key_digest = key
$$;

create function wg_tidy_budgets() returns void
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from access_budget where window_ends_at < clock_timestamp() - interval '1 day';
  delete from access_session where ends_at < clock_timestamp() - interval '90 days';
$$;
