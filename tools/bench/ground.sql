-- A county at full size, invented: 20 more towns, 240 communities, 1,920 grids; then the cases. Bench database only.
-- Runs as the superuser, so no row-level security and no book: the measured paths are the shipped ones, this is not.
-- Words and places come from the demo town's reports (bench_text); people.sql gives the bench its people.

insert into places_area (parent_id, level, name, official, sort_key, duty_phone, supervision_phone, valid_from)
select c.id, 'town', '测速镇' || n, '', 'bench' || lpad(n::text, 3, '0'), '0512-0000 0000', '', date '2026-01-01'
  from places_area c, generate_series(1, 20) n where c.level = 'county';

insert into places_area (parent_id, level, name, official, sort_key, duty_phone, supervision_phone, valid_from)
select t.id, 'community', t.name || '第' || n || '社区', '', t.sort_key || lpad(n::text, 3, '0'), '', '', date '2026-01-01'
  from places_area t, generate_series(1, 12) n where t.level = 'town' and t.sort_key like 'bench%';

insert into places_area (parent_id, level, name, official, sort_key, duty_phone, supervision_phone, valid_from)
select c.id, 'grid', c.name || '第' || n || '网格', '', c.sort_key || lpad(n::text, 3, '0'), '', '', date '2026-01-01'
  from places_area c, generate_series(1, 8) n where c.level = 'community' and c.sort_key like 'bench%';

create temp table bench_grid as select id, row_number() over (order by id) as n from places_area where level = 'grid';
create temp table bench_kind as
  select id, code, row_number() over (order by id) as n from catalogue_version v
   where kind = 'category' and not exists (
     select from catalogue_version w where w.kind = v.kind and w.code = v.code and w.number > v.number);
create temp table bench_unit as select id, row_number() over (order by id) as n from teams_organisation;
create unique index on bench_grid (n);
create unique index on bench_text (n);
create unique index on bench_kind (n);
create unique index on bench_unit (n);
analyze bench_grid; analyze bench_text; analyze bench_kind; analyze bench_unit;

-- The draws of a case: uniform numbers from its own number, so that every run has the same county.
create function pg_temp.draw(n bigint, salt integer) returns double precision language sql immutable as $$
  select (hashint8extended(n, salt) & 2147483647) / 2147483648.0::double precision
$$;

-- 3.5 % are open, as in a city of 600 reports a day that closes most within a week; a tenth of those is late.
create temp table bench_case as
select n,
       case when x < 0.900 then 'closed'      when x < 0.920 then 'not_accepted' when x < 0.960 then 'self_handled'
            when x < 0.965 then 'voided'      when x < 0.970 then 'verifying'    when x < 0.972 then 'reported'
            when x < 0.974 then 'accepted'    when x < 0.980 then 'dispatched'   when x < 0.991 then 'in_progress'
            when x < 0.993 then 'handled'     when x < 0.994 then 'checking'     when x < 0.997 then 'revisiting'
            when x < 0.9975 then 'extension'  when x < 0.998 then 'suspended'    when x < 0.9985 then 'returned'
            when x < 0.9993 then 'rework'     else 'reopened' end as state,
       x >= 0.965 as is_open,
       case when x < 0.965 then now() - interval '1 hour' - pg_temp.draw(n, 2) * interval '360 days'
            else now() - interval '1 minute' - power(pg_temp.draw(n, 2), 2) * interval '12 days' end as reported_at
  from (select n, pg_temp.draw(n, 1) as x from generate_series(1, :count) n) drawn;

drop index cases_pairs; -- made once at the end: a million rows one by one would take ten times as long
insert into cases_case (number, area_id, place, lon, lat, text, source, urgent, category_id, category_code, state,
  reported_at, stage_at, due_at, clock, handle_due_at, lead_id, dispatched_at, done_at, verification, rating,
  returns, reworks, reopens, tracking_digest, code_digest, anonymous, language, changed_xid)
select to_char(b.reported_at at time zone 'Asia/Shanghai', 'YYMMDD') || '-' || lpad((b.n::bigint * 7919 % 1000000)::text, 6, '0'),
       g.id, t.place, 121.1 + pg_temp.draw(b.n, 10) / 10, 31.45 + pg_temp.draw(b.n, 11) / 10,
       t.text || '（' || b.n || '）',
       (array['qr', 'qr', 'qr', 'web', 'patrol', 'phone', 'phone', 'paper', 'proxy'])[1 + (pg_temp.draw(b.n, 5) * 9)::int % 9],
       pg_temp.draw(b.n, 6) < 0.03, k.id, coalesce(k.code, ''), b.state,
       b.reported_at, b.reported_at + (now() - b.reported_at) * pg_temp.draw(b.n, 7) * 0.5,
       case when b.is_open then now() - interval '12 hours' + pg_temp.draw(b.n, 8) * interval '5 days'
            else b.reported_at + interval '7 days' end,
       'working_day', b.reported_at + interval '7 days', u.id, b.reported_at + interval '2 hours',
       case when not b.is_open then least(now(), b.reported_at + pg_temp.draw(b.n, 9) * interval '6 days') end,
       '', case when b.state = 'closed' then 'solved' else '' end, 0, 0, 0,
       sha256(('bench tracking ' || b.n)::bytea), sha256(('bench code ' || b.n)::bytea), true, 'zh-hans', 0
  from bench_case b
  join bench_grid g on g.n = 1 + (pg_temp.draw(b.n, 3) * (select count(*) from bench_grid))::int % (select count(*) from bench_grid)
  join bench_text t on t.n = 1 + (pg_temp.draw(b.n, 4) * (select count(*) from bench_text))::int % (select count(*) from bench_text)
  left join bench_kind k on b.state not in ('verifying', 'reported', 'not_accepted', 'self_handled', 'voided')
    and k.n = 1 + (pg_temp.draw(b.n, 12) * (select count(*) from bench_kind))::int % (select count(*) from bench_kind)
  left join bench_unit u on b.state not in ('verifying', 'reported', 'accepted', 'not_accepted', 'self_handled', 'voided')
    and u.n = 1 + (pg_temp.draw(b.n, 13) * (select count(*) from bench_unit))::int % (select count(*) from bench_unit);

set session_replication_role = replica; -- each step below stands on rows made above: nothing to look up, nothing to note
insert into cases_step (case_id, verb, origin, target, at, actor_id, unit_id, reason, note, told)
select c.id, s.verb, s.origin, s.target, c.reported_at + s.after, a.id, null, '', '', true
  from cases_case c
  cross join (values ('report', '', 'verifying', interval '0'), ('verify', 'verifying', 'reported', interval '1 hour'),
                     ('accept', 'reported', 'accepted', interval '2 hours')) s (verb, origin, target, after)
  cross join (select id from teams_account where username = 'public') a
 where c.text like '%（%）' and (s.verb = 'report' or c.state not in ('verifying', 'reported', 'voided'));

-- Who was asked whether it is solved, and what three in five answered.
insert into cases_step (case_id, verb, origin, target, at, actor_id, unit_id, reason, note, told)
select c.id, s.verb, s.origin, s.target, c.done_at - s.before, a.id, null, '', '', true
  from cases_case c
  cross join (values ('pass_check', 'handled', 'revisiting', interval '1 hour'),
                     ('rate_solved', 'revisiting', 'closed', interval '0')) s (verb, origin, target, before)
  cross join (select id from teams_account where username = 'public') a
 where c.text like '%（%）' and c.state = 'closed' and (s.verb = 'pass_check' or c.id % 5 < 3);

set session_replication_role = origin;
set maintenance_work_mem = '512MB';
set constraints all immediate; -- an index is refused while a check still waits
create index cases_pairs on cases_case using gin (cases_pairs(text || ' ' || place));
