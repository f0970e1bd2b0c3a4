-- The first of some drawn numbers that no case has yet. Numbers are drawn, not counted, so two may meet; whoever
-- reports sees no other case and could not look.
create function cases_free_number(drawn text[]) returns text
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select d.number from unnest(drawn) with ordinality as d (number, place)
   where not exists (select from cases_case c where c.number = d.number) order by d.place limit 1
$$;
