-- Words of two characters, as most are, need no second look: the pair is the word. The open cases come first, then the
-- newest of the others; further back is looked only while fewer than `most` are found, so that a word which stands in
-- every tenth report is not read out of a million. Whoever looks after few areas is read by these at once.
create or replace function cases_holding(wanted text, most integer) returns setof bigint
  language plpgsql stable security definer rows 200 set search_path = pg_catalog, public, pg_temp
  set plan_cache_mode = force_custom_plan as $$
declare
  pairs text[] := cases_pairs(wanted);
  word text := case when char_length(wanted) = 2 then '' else lower(wanted) end;
  areas integer[] := wg_areas();
  units integer[] := wg_organisations();
  upto bigint := (select max(id) from cases_case);
  width bigint := 100000;
  had integer;
begin
  if cardinality(areas) <= 400 then
    return query select c.id from cases_case c
      where (c.area_id = any (areas) or c.lead_id = any (units))
        and cases_pairs(c.text || ' ' || c.place) @> pairs and strpos(lower(c.text || ' ' || c.place), word) > 0
      order by c.state not in (:open), c.id desc limit most;
    return;
  end if;
  return query select c.id from cases_case c
    where c.state in (:open) and (c.area_id in (select unnest(areas)) or c.lead_id = any (units))
      and cases_pairs(c.text || ' ' || c.place) @> pairs and strpos(lower(c.text || ' ' || c.place), word) > 0
    order by c.id desc limit most;
  get diagnostics had = row_count;
  most := most - had;
  while most > 0 and upto > 0 loop
    return query select c.id from cases_case c
      where c.id > upto - width and c.id <= upto and c.state not in (:open)
        and (c.area_id in (select unnest(areas)) or c.lead_id = any (units))
        and cases_pairs(c.text || ' ' || c.place) @> pairs and strpos(lower(c.text || ' ' || c.place), word) > 0
      order by c.id desc limit most;
    get diagnostics had = row_count;
    most := most - had;
    upto := upto - width;
    width := width * 2;
  end loop;
end $$;
