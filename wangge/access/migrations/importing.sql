-- May the present session write the register from a list? The house itself, and a job for importing that the system
-- administrator began: such a session is opened by our own worker for a signed job, so no page can be talked into it.
create function wg_importing() returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select wg_has_role('system') or wg_has_role('system_admin') and exists (
    select from access_session s
     where s.token_digest = wg_digest(nullif(current_setting('wg.token', true), ''))
       and s.kind = 'job' and s.purpose = 'import' and s.ended_at is null and s.ends_at > clock_timestamp())
$$;
