-- One function tells a person's looks. Another one told the same in other words and was used by nobody.
drop function people_looks_at(bigint);

-- Opening who looks after somebody is a look at the one who is looked after; the entry names the person.
create index ledger_entry_carers on ledger_entry ((facts->>'person'), id desc) where verb = 'care.open';

create or replace function people_looks(of_person bigint, before bigint, most integer)
  returns table (id bigint, at timestamptz, verb text, role text, organisation text, organisation_en text, purpose text,
                 field text, task text)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.id, e.at, e.verb::text, e.facts->>'role', coalesce(o.name, c.name, g.name, '')::text,
         coalesce(nullif(o.name_en, ''), o.name, c.name, g.name, '')::text, e.facts->>'purpose', e.facts->>'field',
         e.facts->>'task'
    from (select * from ledger_entry
           where subject = any ((select people_numbers_of(of_person))::text[]) and verb in ('person.open', 'rights.state')
          union all
          select * from ledger_entry where verb = 'care.open'
             and facts->>'person' = any ((
               select array_agg(substr(n, length('person:') + 1)) from unnest(people_numbers_of(of_person)) n)::text[])) e
    left join teams_account a on a.id = e.actor_id
    left join teams_organisation o on o.id = a.organisation_id
    left join places_area g on g.id = e.area_id
    left join places_area c on c.id = g.parent_id
   where (select people_may_hear(of_person)) and (before is null or e.id < before)
   order by e.id desc limit least(most, 1000)
$$;
