-- Who opened the reporter's number, told to the holder of the report's link and nobody else: when, in which post, what
-- for. Never who it was.
create function cases_opened() returns table (at timestamptz, role text, purpose text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.at, e.facts->>'role', e.facts->>'purpose'
    from cases_case c join ledger_entry e on e.subject = 'case:' || c.number
   where c.tracking_digest = (select wg_bearer()) and e.verb = 'case.open_contact'
   order by e.id desc limit 100
$$;
