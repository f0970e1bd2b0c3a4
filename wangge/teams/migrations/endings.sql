-- A new password and a closed account end the account's sessions at once, whoever wrote it; one's own stays open.
create function teams_end_sessions() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update access_session set ended_at = clock_timestamp()
   where account_id = new.id and ended_at is null and kind in ('web', 'device')
     and token_digest is distinct from wg_digest(nullif(current_setting('wg.token', true), ''));
  return null;
end $$;
create trigger end_sessions after update of password, is_active on teams_account for each row
  when (old.password is distinct from new.password or old.is_active and not new.is_active)
  execute function teams_end_sessions();

-- A revoked phone is out with its next request: the sessions that phones opened for the account end with it.
create function teams_end_device() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update access_session set ended_at = clock_timestamp()
   where account_id = new.account_id and ended_at is null and kind = 'device'
     and token_digest is distinct from wg_digest(nullif(current_setting('wg.token', true), ''));
  return null;
end $$;
create trigger end_device after update of state on teams_device for each row
  when (new.state = 'revoked' and old.state <> 'revoked')
  execute function teams_end_device();

-- May the actor bind a phone for this account? Only for grid workers, and only when all their posts lie in his area:
-- who binds the phone chooses its first PIN in front of the worker, so nobody else's account may be opened that way.
create function wg_may_bind(for_account bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select for_account <> wg_actor()
     and exists (select from access_post g where g.account_id = wg_actor() and g.role in ('secretary', 'town_staff')
                    and g.valid_from <= now() and (g.valid_to is null or g.valid_to > now()))
     and exists (select from access_post p where p.account_id = for_account
                    and p.valid_from <= now() and (p.valid_to is null or p.valid_to > now()))
     and not exists (select from access_post p where p.account_id = for_account
                    and (p.valid_to is null or p.valid_to > now())
                    and (p.role <> 'grid_worker' or not (p.area_id = any (wg_areas()))))
$$;

-- A phone is seen and changed by its owner, by who holds its secret or its code, by the security administrator, and by
-- the leaders of its area; offered only by these last, for whom they may bind.
drop policy teams_device_read on teams_device;
drop policy teams_device_insert on teams_device;
drop policy teams_device_update on teams_device;
create policy teams_device_read on teams_device for select to wg_app using (
  account_id = (select wg_actor()) or secret_digest = (select wg_bearer()) or offer_digest = (select wg_bearer())
  or (select wg_has_role('security_admin'))
  or (area_id = any ((select wg_areas())::int[])
      and ((select wg_has_role('secretary')) or (select wg_has_role('town_staff')))));
create policy teams_device_insert on teams_device for insert to wg_app with check (
  area_id = any ((select wg_areas())::int[]) and wg_may_bind(account_id));
create policy teams_device_update on teams_device for update to wg_app using (
  account_id = (select wg_actor()) or secret_digest = (select wg_bearer()) or offer_digest = (select wg_bearer())
  or (select wg_has_role('security_admin'))
  or (area_id = any ((select wg_areas())::int[])
      and ((select wg_has_role('secretary')) or (select wg_has_role('town_staff')))));
