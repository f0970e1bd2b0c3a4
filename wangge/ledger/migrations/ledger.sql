-- Append-only: the app may insert four columns and nothing else; a trigger stamps the rest from the session.
-- Entries are not chained one by one: that would make every writer wait for every other. A sealer digests batches.

create table ledger_entry (
  id bigint not null,
  at timestamptz not null default clock_timestamp(), -- a default, since it chooses the partition; no one may give it
  xid bigint not null,
  actor_id integer not null,
  purpose varchar(40) not null,
  verb varchar(64) not null,
  subject varchar(80) not null,
  area_id integer,
  facts jsonb not null default '{}',
  primary key (id, at)
) partition by range (at);
create sequence ledger_entry_id as bigint owned by ledger_entry.id;
create index ledger_entry_xid on ledger_entry (xid, id);
create index ledger_entry_subject on ledger_entry (subject, id);
create index ledger_entry_actor on ledger_entry (actor_id, id desc);
create index ledger_entry_area on ledger_entry (area_id, id desc);

create table ledger_seal (
  id integer primary key,
  at timestamptz not null,
  below_xid bigint not null unique,
  entries integer not null,
  previous bytea not null,
  digest bytea not null
);

create table ledger_cursor (reader varchar(64) primary key, below_xid bigint not null);

create function ledger_stamp() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.id := nextval('ledger_entry_id');
  new.xid := pg_current_xact_id()::text::bigint;
  new.actor_id := wg_actor();
  if new.purpose is null then
    select m.purpose into new.purpose from wg_me() m;
  end if;
  return new;
end $$;

create function ledger_refuse() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'the ledger is append-only' using errcode = 'insufficient_privilege';
end $$;

-- Makes the partition of a month with everything a partition needs: no grant, row security, triggers.
create function ledger_partition(month date) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare part text := 'ledger_entry_' || to_char(month, 'YYYYMM');
begin
  if to_regclass('public.' || part) is not null then return; end if;
  execute format('create table public.%I partition of public.ledger_entry for values from (%L) to (%L)',
                 part, date_trunc('month', month), date_trunc('month', month) + interval '1 month');
  perform ledger_close_door(part);
end $$;

create function ledger_close_door(part text) returns void
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  execute format('alter table public.%I enable row level security', part);
  execute format('alter table public.%I force row level security', part);
  execute format('create policy owner_reads on public.%I for select to wg_owner using (true)', part);
  execute format('create trigger no_truncate before truncate on public.%I execute function ledger_refuse()', part);
  execute format('revoke all on public.%I from wg_app, public', part);
end $$;
revoke all on function ledger_close_door(text) from public;

create table ledger_entry_default partition of ledger_entry default;
select ledger_close_door('ledger_entry_default');
select ledger_partition((date_trunc('month', now()) + make_interval(months => n))::date)
  from generate_series(-1, 12) n;

create trigger stamp before insert on ledger_entry for each row execute function ledger_stamp();
create trigger refuse before update or delete on ledger_entry for each row execute function ledger_refuse();
create trigger refuse_truncate before truncate on ledger_entry execute function ledger_refuse();
create trigger refuse before update or delete on ledger_seal for each row execute function ledger_refuse();
create trigger refuse_truncate before truncate on ledger_seal execute function ledger_refuse();

alter table ledger_entry enable row level security;
alter table ledger_entry force row level security;
create policy owner_reads on ledger_entry for select to wg_owner using (true);
create policy app_adds on ledger_entry for insert to wg_app with check (actor_id = (select wg_actor()));
create policy app_reads on ledger_entry for select to wg_app
  using ((select wg_has_role('auditor')) or (select wg_has_role('system')) or actor_id = (select wg_actor()));

-- The canonical text of an entry: what the digests cover, to the last byte.
create function ledger_text(e ledger_entry) returns text
  language sql immutable set search_path = pg_catalog, public, pg_temp as $$
  select jsonb_build_array(e.id, extract(epoch from e.at)::text, e.xid, e.actor_id, e.purpose, e.verb, e.subject,
                           e.area_id, e.facts)::text
$$;

-- Seals all entries of finished transactions that are not sealed yet; null when there is nothing to seal.
create function ledger_seal_batch() returns integer
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  last ledger_seal; below bigint := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  n integer; body bytea;
begin
  perform pg_advisory_xact_lock(hashtext('ledger_seal'));
  select * into last from ledger_seal order by id desc limit 1;
  select count(*), string_agg(sha256(convert_to(ledger_text(e), 'UTF8')), ''::bytea order by e.xid, e.id)
    into n, body from ledger_entry e
   where e.xid >= coalesce(last.below_xid, 0) and e.xid < below;
  if n = 0 then return null; end if;
  insert into ledger_seal (id, at, below_xid, entries, previous, digest)
  values (coalesce(last.id, 0) + 1, clock_timestamp(), below, n, coalesce(last.digest, ''::bytea),
          sha256(coalesce(last.digest, ''::bytea) || convert_to(below || '|' || n || '|', 'UTF8') || body));
  return coalesce(last.id, 0) + 1;
end $$;

create function ledger_lag() returns interval
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(clock_timestamp() - min(e.at), interval '0') from ledger_entry e
   where e.xid >= coalesce((select max(below_xid) from ledger_seal), 0)
$$;
