-- Units are written from lists as places are: in a job for importing of the system administrator; only what the import
-- under way had made goes again, and not while somebody works for it.
alter policy teams_organisation_insert on teams_organisation with check ((select wg_importing()));
alter policy teams_organisation_update on teams_organisation with check ((select wg_importing()));
create policy teams_organisation_delete on teams_organisation for delete to wg_app
  using (exchange_made('teams.organisation', id));

create function teams_keep_unit() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from access_post where organisation_id = old.id) then
    raise exception 'somebody works for this unit' using errcode = 'foreign_key_violation';
  end if;
  return old;
end $$;
create trigger keep_unit before delete on teams_organisation for each row execute function teams_keep_unit();

-- Removes accounts and posts that a list of staff had made, while that very list is given back in a job of the security
-- administrator's or of the house. An account that was ever signed in to is held by its sessions, by their foreign key.
create function teams_forget(of_import bigint, accounts bigint[], posts bigint[]) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not (wg_has_role('system') or wg_has_role('security_admin') and exists (
            select from access_session s
             where s.token_digest = wg_digest(nullif(current_setting('wg.token', true), ''))
               and s.kind = 'job' and s.purpose = 'import' and s.ended_at is null and s.ends_at > clock_timestamp()))
     or exists (
       select from (select 'teams.account' as t, unnest(accounts) as r union all select 'access.post', unnest(posts)) x
        where not exists (
          select from exchange_change c join exchange_import i on i.id = c.of_id
           where i.id = of_import and i.kind = 'staff' and i.state = 'undoing'
             and c."table" = x.t and c.record = x.r and c.made and c.undone = ''))
  then
    raise exception 'not made by the list that is given back' using errcode = 'insufficient_privilege';
  end if;
  delete from access_post where id = any (posts);
  delete from teams_account where id = any (accounts);
end $$;
