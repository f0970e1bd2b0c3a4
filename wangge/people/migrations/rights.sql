-- A request or a link lies where its person lies, and goes along when grids are drawn anew.
alter table people_rightsrequest add constraint people_request_person foreign key (person_id, area_id)
  references people_person (id, area_id) on update cascade;
alter table people_rightslink add constraint people_link_person foreign key (person_id, area_id)
  references people_person (id, area_id) on update cascade;

-- The functions below look with the owner's eyes.
create policy people_rightslink_linked on people_rightslink for select to wg_owner using (true);
create policy people_occupancy_told on people_occupancy for select to wg_owner using (true);
create policy places_compound_told on places_compound for select to wg_owner using (true);
create policy teams_organisation_told on teams_organisation for select to wg_owner using (true);

-- The person whose link the bearer holds, address and code together; nobody when it has ended.
create function people_linked() returns bigint
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select l.person_id from people_rightslink l
   where l.digest = (select wg_bearer()) and l.ended_at is null and l.ends_at > clock_timestamp()
$$;

-- Who may be told about a person: the keepers of the area, and the person by the link.
create function people_may_hear(of_person bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select of_person = (select people_linked()) or exists (
    select from people_person p where p.id = of_person and p.area_id = any ((select people_areas())::int[]))
$$;

-- Who looked at a person, the last look first: role and organisation, never the name of somebody. Where an account
-- belongs to no organisation, the community of the place stands for it.
create function people_looks(of_person bigint, before bigint, most integer)
  returns table (id bigint, at timestamptz, verb text, role text, organisation text, organisation_en text, purpose text,
                 field text, task text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.id, e.at, e.verb::text, e.facts->>'role', coalesce(o.name, c.name, g.name, '')::text,
         coalesce(nullif(o.name_en, ''), o.name, c.name, g.name, '')::text, e.facts->>'purpose', e.facts->>'field',
         e.facts->>'task'
    from ledger_entry e
    left join teams_account a on a.id = e.actor_id
    left join teams_organisation o on o.id = a.organisation_id
    left join places_area g on g.id = e.area_id
    left join places_area c on c.id = g.parent_id
   where (select people_may_hear(of_person)) and e.subject = 'person:' || of_person
     and e.verb in ('person.open', 'rights.state') and (before is null or e.id < before)
   order by e.id desc limit least(most, 1000)
$$;

-- The homes of a person, the last first, as somebody told them.
create function people_homes_of(of_person bigint)
  returns table (compound text, building text, unit text, room text, tenure text, relation text, since date, until date,
                 source text, confirmed_on date)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(k.name, '')::text, b.name::text, d.unit::text, d.room::text, y.tenure::text, y.relation::text, y.since,
         y.until, y.source::text, y.confirmed_on
    from people_occupancy y
    join people_household h on h.id = y.household_id
    join places_dwelling d on d.id = h.dwelling_id
    join places_building b on b.id = d.building_id
    left join places_compound k on k.id = b.compound_id
   where (select people_may_hear(of_person)) and y.person_id = of_person
   order by y.id desc
$$;

-- Who holds the link sees the person, and may have taken out what rests on consent alone.
create policy people_person_linked on people_person for select to wg_app using (id = (select people_linked()));
create policy people_person_withdraws on people_person for update to wg_app
  using (id = (select people_linked())) with check (id = (select people_linked()));

-- Only the house removes (retention, deletion at the person's request), never a page.
create policy people_rightsrequest_delete on people_rightsrequest for delete to wg_app
  using ((select wg_has_role('system')));
create policy people_rightslink_delete on people_rightslink for delete to wg_app using ((select wg_has_role('system')));
