-- The people of the bench: one of each reach. Bench database only.
insert into teams_account (username, name, kind, password, is_active, organisation_id, email, created_at)
select 'bench_' || who, '测速' || who, 'person', '!', true, (select id from teams_organisation where code = 'centre'), '', now()
  from unnest(array['acceptor', 'chief', 'town_staff', 'secretary', 'grid_worker', 'handler']) who;

with held (who, role, area_id, organisation_id) as (
  select 'acceptor', 'acceptor', a.id, null::bigint from places_area a where a.level = 'county'
  union all select 'chief', 'duty_chief', a.id, null from places_area a where a.level = 'county'
  union all select 'town_staff', 'town_staff', a.id, null from places_area a where a.sort_key = 'bench001'
  union all select 'secretary', 'secretary', a.id, null from places_area a where a.sort_key = 'bench001001'
  union all select 'grid_worker', 'grid_worker', a.id, null from places_area a where a.sort_key = 'bench001001001'
  union all select 'handler', 'handler', null, o.id from teams_organisation o where o.code = 'water'
)
insert into access_post (account_id, role, area_id, organisation_id, valid_from)
select a.id, h.role, h.area_id, h.organisation_id, now() - interval '1 day'
  from held h join teams_account a on a.username = 'bench_' || h.who;

insert into mfa_authenticator (user_id, type, data, created_at)
select id, 'totp', '{"secret": "bench"}', now() from teams_account where username like 'bench_%';
