-- A password, a name, a mail address or a lock is changed by its owner or the system administrator, whatever SQL asks;
-- signing in (as nobody yet) may only note when it was.
create function teams_guard_account() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if (new.password, new.is_active, new.name, new.email) is distinct from (old.password, old.is_active, old.name, old.email)
     and session_user = 'wg_app' and old.id <> wg_actor()
     and not (wg_has_role('system_admin') or wg_has_role('system')) then
    raise exception 'not yours to change' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger guard before update on teams_account for each row execute function teams_guard_account();

create function teams_guard_factor() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if session_user = 'wg_app' and coalesce(new.user_id, old.user_id) <> wg_actor()
     and (tg_op <> 'UPDATE' or (new.data, new.user_id, new.type) is distinct from (old.data, old.user_id, old.type))
     and not (wg_has_role('system_admin') or wg_has_role('security_admin') or wg_has_role('system')) then
    raise exception 'not yours to change' using errcode = 'insufficient_privilege';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger guard before insert or update or delete on mfa_authenticator
  for each row execute function teams_guard_factor();
