-- Words of two characters, as most are, need no second look: the pair is the word. The open cases come first, then the
-- newest of the others; who asks for a page of them reads no more than `most`.
create or replace function cases_holding(wanted text, most integer) returns setof bigint
  language sql stable security definer rows 200 set search_path = pg_catalog, public, pg_temp as $$
  with held as materialized (
    select c.id, c.area_id, c.lead_id, c.done_at from cases_case c
     where cases_pairs(c.text || ' ' || c.place) @> cases_pairs(wanted)
       and (char_length(lower(wanted)) = 2 or strpos(lower(c.text || ' ' || c.place), lower(wanted)) > 0))
  select h.id from held h
   where h.area_id in (select unnest(wg_areas())) or h.lead_id = any ((select wg_organisations())::int[])
   order by h.done_at is not null, h.id desc limit most
$$;
