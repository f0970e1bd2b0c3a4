-- An export is asked for in one's own name; who decides it holds the post for it, in another organisation; its state
-- goes by the table of moves. The facts of the request cannot be changed: the app role may not write those columns.
create function exchange_guard_export() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  own bigint;
begin
  if session_user <> 'wg_app' then
    return new;
  end if;
  select a.organisation_id into own from teams_account a where a.id = wg_actor();
  if tg_op = 'INSERT' then
    if new.by_id <> wg_actor() or new.by_organisation is distinct from own or new.state <> 'asked'
       or new.decided_by_id is not null or new.digest <> '' then
      raise exception 'an export begins with its request' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  if (new.decided_by_id, new.decided_organisation) is distinct from (old.decided_by_id, old.decided_organisation)
     and (old.state <> 'asked' or new.state not in ('approved', 'refused') or new.decided_by_id is distinct from wg_actor()
          or new.decided_organisation is distinct from own or not wg_has_role('security_admin')) then
    raise exception 'not yours to decide' using errcode = 'insufficient_privilege';
  end if;
  if new.state <> old.state and (old.state, new.state) not in (
       ('asked', 'approved'), ('asked', 'refused'), ('asked', 'withdrawn'), ('asked', 'expired'),
       ('approved', 'withdrawn'), ('approved', 'made'), ('approved', 'failed'), ('approved', 'expired'),
       ('made', 'expired'), ('made', 'destroyed')) then
    raise exception 'no such move of an export' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger guard before insert or update on exchange_export for each row execute function exchange_guard_export();
