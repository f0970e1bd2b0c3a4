-- Pairs of characters: trigrams know no word of two, as most Chinese words are. Buildings that have only a number in
-- their compound are found through it and stand in none of these indexes.
create function places_pairs(words text) returns text[]
  language plpgsql immutable parallel safe cost 500 set search_path = pg_catalog, pg_temp as $$
declare
  letters text[] := string_to_array(words, null);
  pairs text[] := '{}';
begin
  for place in 2 .. coalesce(cardinality(letters), 0) loop
    pairs := pairs || (letters[place - 1] || letters[place]);
  end loop;
  return pairs;
end $$;

create index places_name_numbered on places_name (compound_id, folded text_pattern_ops) where compound_id is not null;
create index places_name_pairs on places_name using gin (places_pairs(folded)) where compound_id is null;
create index places_name_begins on places_name (folded text_pattern_ops) where compound_id is null;
create index places_name_initials on places_name (initials text_pattern_ops) where compound_id is null;
create index places_name_pinyin on places_name using gin (pinyin gin_trgm_ops) where compound_id is null;
create index places_name_spelt on places_name (pinyin text_pattern_ops) where compound_id is null;

create index places_building_spot on places_building using gist (point(lon, lat));
