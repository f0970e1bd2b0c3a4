-- One escape a line, tried by the app role in the session of 周, whose posts cover none of it: each must be refused or empty.
-- @case, @number, @area, @lead, @other stand for the hidden case's id, number, area and unit and for somebody else's account.
-- 1. Plain reading by guessed ids, numbers, areas, joins.
select * from cases_case where id = @case
select * from cases_case where number = '@number'
select * from cases_case where area_id = @area
select count(*) from cases_case where area_id = @area
select exists (select from cases_case where number = '@number')
select text from cases_case where text like '%隐藏%'
select text || place from cases_case where (text || ' ' || place) ilike '%隐藏%'
select c.text from cases_case c join places_area a on a.id = c.area_id where a.id = @area
select c.text from places_area a left join cases_case c on c.area_id = a.id where a.id = @area and c.id is not null
select array_agg(number) from cases_case where area_id = @area
select string_agg(text, '') from cases_case where id = @case
select json_agg(c) from cases_case c where id = @case
select row_to_json(c) from cases_case c where c.number = '@number'
select max(reported_at) from cases_case where area_id = @area
select min(number) from cases_case where id = @case
select * from cases_step where case_id = @case
select count(*) from cases_step where case_id = @case
select s.note from cases_step s join cases_case c on c.id = s.case_id where c.number = '@number'
select * from cases_photo where case_id = @case
select * from cases_contact where case_id = @case
select phone from cases_contact
select phone_index from cases_contact
select original from cases_contact where case_id = @case
select count(*) from cases_contact
select * from places_dwelling where area_id = @area
select count(*) from places_dwelling where area_id = @area
select room from places_dwelling d join places_building b on b.id = d.building_id where b.grid_id = @area
select * from delivery_message where area_id = @area
select * from teams_device where area_id = @area
select secret_digest from teams_device where account_id = @other
select * from access_receipt where account_id = @other
select tracking_digest from cases_case where id = @case
select code_digest from cases_case where id = @case
table cases_case except all select * from cases_case where area_id = any (wg_areas())
with all_cases as (select * from cases_case) select * from all_cases where area_id = @area
with recursive r as (select id, text from cases_case union select c.id, c.text from cases_case c join r on c.id = r.id + 1) select * from r where id = @case
select * from cases_case tablesample system (100) where area_id = @area
select * from lateral (select * from cases_case where id = @case) x
select (select text from cases_case where id = @case)
select coalesce((select text from cases_case where id = @case), '')
select count(*) filter (where area_id = @area) from cases_case
select sum((area_id = @area)::int) from cases_case
select * from cases_case where id = @case for update
select * from cases_case where id = @case for share
select nth_value(text, 1) over (order by id) from cases_case where id = @case
-- 2. Naming another actor (trust 1, row 2).
select set_config('wg.token', '@other', true), (select count(*) from cases_case)
select set_config('wg.token', '', true), (select text from cases_case where id = @case)
select set_config('wg.actor', '@other', true), (select count(*) from cases_case where id = @case)
select set_config('wg.token', encode(sha256('@other'), 'hex'), true), (select count(*) from cases_case)
set local wg.token = 'system'; select count(*) from cases_case
set local wg.token to default; select count(*) from cases_case
reset wg.token; select text from cases_case where id = @case
set local wg.areas = '{@area}'; select count(*) from cases_case where area_id = @area
select set_config('wg.bearer', '@number', true), (select count(*) from cases_case where id = @case)
select set_config('wg.bearer', encode((select tracking_digest from cases_case where id = @case), 'hex'), true), (select count(*) from cases_case where id = @case)
select * from access_session
select token_digest from access_session where account_id = @other
select count(*) from access_session
select * from access_sessionkey
select inner_pad from access_sessionkey
insert into access_session (token_digest, account_id, kind, purpose, label, opened_at, ends_at) values (sha256('x'), @other, 'web', 'duty', '', now(), now() + interval '1 day')
update access_session set account_id = @other
update access_session set ends_at = now() + interval '10 years'
delete from access_session
select wg_open_session(@other, sha256('x'), 'web', 'duty', '', now() + interval '1 hour', extract(epoch from now())::bigint, sha256('x'))
select wg_open_session(@other, sha256('x'), 'web', 'duty', '', now() + interval '1 hour', extract(epoch from now())::bigint, null)
select wg_open_session(@other, sha256('x'), 'web', 'duty', '', now() + interval '1 hour', null, ''::bytea)
select wg_hmac('x')
select wg_close_sessions(@other, '')
select wg_close_my_session('0000000000000000')
insert into access_post (account_id, role, area_id) values ((select wg_actor()), 'secretary', @area)
insert into access_post (account_id, role, area_id) values ((select wg_actor()), 'system', null)
insert into access_post (account_id, role, area_id) values (@other, 'acceptor', @area)
insert into access_post (account_id, role, area_id, valid_from) values ((select wg_actor()), 'acceptor', @area, now() - interval '1 year')
update access_post set valid_to = null where account_id = (select wg_actor()) and false is not true
update access_post set valid_to = now() where account_id = @other
update access_post set area_id = @area where account_id = (select wg_actor())
update access_post set role = 'system' where account_id = (select wg_actor())
delete from access_post where account_id = @other
insert into access_reach (ancestor_id, descendant_id) select descendant_id, @area from access_reach limit 1
update access_reach set ancestor_id = (select (wg_areas())[1]) where descendant_id = @area
delete from access_reach
insert into access_role (code, granted_by, second_factor) values ('god', '[]', false)
update access_role set granted_by = '["grid_worker"]', second_factor = false
update teams_account set username = 'system2' where id = @other
update teams_account set kind = 'system' where id = (select wg_actor())
update teams_account set organisation_id = @lead where id = (select wg_actor())
delete from teams_account where id = @other
update teams_account set password = 'of-my-own' where id = @other
update teams_account set is_active = false where id = @other
update teams_account set email = 'mine@example.org' where id = @other
insert into mfa_authenticator (user_id, type, data, created_at) values (@other, 'totp', '{}', now())
select * from django_session
-- 3. Grants, ownership, roles (row 3).
set role wg_owner
set role wg_super
set session authorization wg_owner
set local role wg_owner; select * from access_session
reset session authorization; select * from access_session
grant select on access_session to wg_app
grant wg_owner to wg_app
alter role wg_app bypassrls
alter role wg_app superuser
alter role wg_owner password 'x'
create role wg_friend superuser
alter default privileges grant all on tables to wg_app
alter table cases_case disable row level security
alter table cases_case no force row level security
alter table cases_case owner to wg_app
drop policy cases_case_read on cases_case
create policy mine on cases_case for select using (true)
alter policy cases_case_read on cases_case using (true)
drop table cases_case
truncate cases_case
truncate ledger_entry
alter table ledger_entry disable trigger all
drop trigger refuse on ledger_entry
create trigger mine after insert on cases_case for each row execute function ledger_refuse()
alter function wg_actor() owner to wg_app
alter function wg_areas() security invoker
create or replace function wg_actor() returns integer language sql as 'select 1'
create or replace function public.wg_areas() returns integer[] language sql as 'select array[@area]'
drop function wg_actor() cascade
alter database postgres set row_security = off
set session_replication_role = replica
set local row_security = off; select * from cases_case
select set_config('row_security', 'off', true); select * from cases_case
-- 4. Partitions and the parent behind them (row 4).
select * from ledger_entry_default
select * from ledger_entry where actor_id = @other
select count(*) from ledger_entry where area_id = @area
select facts from ledger_entry where subject = 'case:@number'
do $$ begin execute format('select 1 from ledger_entry_%s', to_char(now(), 'YYYYMM')); end $$
do $$ begin execute format('insert into ledger_entry_%s (id, at, xid, actor_id, purpose, verb, subject, facts) values (1, now(), 1, 1, %L, %L, %L, %L)', to_char(now(), 'YYYYMM'), 'x', 'x', 'x', '{}'); end $$
do $$ begin execute format('truncate ledger_entry_%s', to_char(now(), 'YYYYMM')); end $$
create table ledger_entry_mine partition of ledger_entry for values from ('2099-01-01') to ('2099-02-01')
alter table ledger_entry detach partition ledger_entry_default
-- 5. Choosing ids, times, actors (row 5).
insert into ledger_entry (id, at, xid, actor_id, purpose, verb, subject, facts) overriding system value values (1, '2020-01-01', 1, @other, 'x', 'x', 'x', '{}')
insert into ledger_entry (verb, subject, facts, actor_id) values ('x', 'x', '{}', @other)
insert into ledger_entry (verb, subject, facts, at) values ('x', 'x', '{}', '2020-01-01')
insert into ledger_entry (verb, subject, facts, xid) values ('x', 'x', '{}', 1)
select nextval('ledger_entry_id')
select setval('ledger_entry_id', 1)
select last_value from ledger_entry_id
select last_value from cases_case_id_seq
select setval('cases_case_id_seq', 1)
-- 6. Functions and temporary objects that stand in for ours (row 6).
create temp table access_session as select 1
create temp table access_post (account_id int)
create temporary view cases_case as select 1
create table public.mine (a int)
create schema mine
create function pg_temp.wg_actor() returns integer language sql as 'select @other'
create function public.leak(t text) returns boolean language sql as 'select true'
create operator public.=== (leftarg = int, rightarg = int, function = int4eq)
create aggregate public.mine (int) (sfunc = int4pl, stype = int)
create extension dblink
create extension if not exists postgres_fdw
create foreign data wrapper mine
create publication mine for all tables
create subscription mine connection 'dbname=wangge' publication mine with (connect = false)
create view mine as select * from cases_case
create materialized view mine as select * from cases_case
create index mine on cases_case (text)
create cast (text as int) with inout
create event trigger mine on ddl_command_start execute function ledger_refuse()
set local search_path = pg_temp, public; select count(*) from cases_case where id = @case
set local search_path = pg_temp; select count(*) from public.cases_case where area_id = @area
-- 7. Errors and evaluation order that speak (row 17).
select count(*) from cases_case where id = @case and 1 / (length(text) - length(text)) = 1
select * from cases_case where id = @case and cast(text as integer) = 1
select count(*) from cases_case where case when id = @case then pg_sleep(0) is not null else false end
insert into cases_step (case_id, verb, origin, target, at, actor_id, reason, note, told) values (@case, 'add_note', '', '', now(), @other, '', '', false)
insert into cases_photo (case_id, step_id, file_id, "order") values (@case, 1, 1, 0)
insert into cases_contact (case_id, compartment, phone, phone_index) values (@case, 'reporters', '', '')
insert into cases_contact (case_id, compartment, phone, phone_index) values (@case, 'reporters', '', '') on conflict do nothing
update cases_case set area_id = area_id where id = @case
update cases_case set area_id = (wg_areas())[1] where id = @case
update cases_case set state = 'closed' where number = '@number'
update cases_case set lead_id = null where area_id = @area
update cases_case set text = text where area_id = @area returning text
update cases_step set until = now() where case_id = @case
update cases_step set note = 'x'
update cases_contact set phone = ''
delete from cases_case
delete from cases_step
delete from cases_photo
delete from cases_contact
delete from places_area
update places_area set duty_phone = '' where id = @area
insert into places_area (parent_id, level, name, official, sort_key, duty_phone, supervision_phone, valid_from) values (@area, 'grid', 'x', '', '', '', '', now())
update places_building set grid_id = @area
update teams_organisation set area_id = @area
update teams_device set account_id = (select wg_actor()) where area_id = @area
delete from teams_device
update places_area set parent_id = (select (wg_areas())[1]) where id = @area
update places_area set valid_to = current_date where id = @area
insert into places_change (kind, state, effective_on, late, basis, note, posts, drafted_by_id, drafted_at) values ('move', 'draft', current_date, false, 'x', '', 'end', (select wg_actor()), now())
insert into places_change (kind, state, effective_on, late, basis, note, posts, drafted_by_id, drafted_at, approved_by_id) values ('move', 'approved', current_date, false, 'x', '', 'end', @other, now(), (select wg_actor()))
update places_change set state = 'approved', approved_by_id = (select wg_actor())
insert into places_changepart (change_id, deed, area_id, parent_id, level, name, official, scheme, code) values (1, 'move', @area, 2, '', '', '', '', '')
update places_changepart set parent_id = @area
insert into places_belonging (child_id, parent_id, valid_from) values (@area, (select (wg_areas())[1]), current_date)
update places_belonging set parent_id = (select (wg_areas())[1]) where child_id = @area
update access_reachversion set number = 0
select * from places_change
select * from cases_handover
select number from cases_handoveritem
insert into cases_handover (change_id, origin_id, target_id, made_at) values (1, @area, (select (wg_areas())[1]), now())
select * from cases_open_in(array[@area]::bigint[], now())
select * from cases_reported_in(@area, current_date - 400, current_date + 1, 'UTC')
select places_dwellings_in(array[@area]::bigint[])
-- 8. The file system, the network, other databases (rows 1, 19, 20).
copy cases_case to program 'cat'
copy cases_case to '/tmp/wangge-escape'
copy cases_case from '/etc/passwd'
copy (select * from access_session) to stdout
select pg_read_file('postgresql.conf')
select pg_read_file('/etc/passwd')
select pg_read_binary_file('global/pg_control')
select pg_ls_dir('.')
select pg_stat_file('postgresql.conf')
select lo_import('/etc/passwd')
select lo_export(1, '/tmp/wangge-escape')
select pg_reload_conf()
select pg_rotate_logfile()
select pg_switch_wal()
select pg_create_restore_point('x')
select pg_promote()
select * from pg_authid
select rolpassword from pg_authid
select passwd from pg_shadow
select * from pg_hba_file_rules
select * from pg_file_settings
select pg_current_logfile()
select pg_ls_logdir()
select pg_ls_waldir()
load 'auto_explain'
select most_common_vals from pg_stats where tablename = 'cases_case' and attname = 'text'
select stavalues1 from pg_statistic
select query from pg_stat_activity where usename <> 'wg_app' and query <> '<insufficient privilege>' and query <> ''
select pg_terminate_backend(pid) from pg_stat_activity where usename = 'wg_super' and pid <> pg_backend_pid()
select pg_logical_slot_get_changes('x', null, null)
select pg_create_logical_replication_slot('x', 'test_decoding')
select query_to_xml('select * from access_session', true, false, '')
select query_to_xml('select text from cases_case where id = @case', false, true, '')
do $$ begin perform from access_session; end $$
do $$ declare found text; begin select text into found from cases_case where id = @case; if found is not null then raise exception 'leaked'; end if; end $$
prepare p as select * from access_session
declare c cursor for select * from access_session
-- 9. The book and its seals.
update ledger_entry set facts = '{}'
delete from ledger_entry
update ledger_seal set digest = ''
delete from ledger_seal
insert into ledger_seal (id, at, below_xid, entries, previous, digest) values (99, now(), 1, 0, '', '')
select ledger_close_door('cases_case')
