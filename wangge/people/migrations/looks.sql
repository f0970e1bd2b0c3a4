-- A look is an entry of the book that names a field and a purpose. The security administrator reads looks, nothing else.
create index ledger_entry_looks on ledger_entry (at desc, id desc) where facts ?& array['field', 'purpose'];
create policy looks_are_watched on ledger_entry for select to wg_app
  using ((select wg_has_role('security_admin')) and facts ?& array['field', 'purpose']);

-- Who looked at one person: for who keeps the registry there, and for the auditor. Never who it was, only in which post.
create function people_looks_at(person bigint)
  returns table (entry bigint, looked_at timestamptz, role text, purpose text, field text, task text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.id, e.at, e.facts ->> 'role', e.facts ->> 'purpose', e.facts ->> 'field', coalesce(e.facts ->> 'task', '')
    from ledger_entry e
   where e.subject = 'person:' || person and e.facts ?& array['field', 'purpose']
     and ((select wg_has_role('auditor')) or exists (
           select from people_person p where p.id = person and p.area_id = any ((select people_areas())::int[])))
   order by e.id desc
$$;

-- How long ago somebody said what a dwelling is used for, by community: counts only, for who watches over privacy.
create policy people_dwellinguse_counted on people_dwellinguse for select to wg_owner using (true);
create function people_freshness(today date)
  returns table (community bigint, dwellings bigint, fresh bigint, ageing bigint, old bigint)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(a.parent_id, a.id), count(*),
         count(*) filter (where u.confirmed_on > today - 181),
         count(*) filter (where u.confirmed_on <= today - 181 and u.confirmed_on > today - 366),
         count(*) filter (where u.confirmed_on <= today - 366)
    from places_dwelling d join places_area a on a.id = d.area_id
    left join people_dwellinguse u on u.dwelling_id = d.id
   where (select wg_has_role('security_admin')) or (select wg_has_role('auditor'))
   group by 1
$$;
