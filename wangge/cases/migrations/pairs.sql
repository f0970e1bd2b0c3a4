-- The same pairs as before, cut without planning a query: every report that is added goes through here.
create or replace function cases_pairs(words text) returns text[]
  language plpgsql immutable parallel safe cost 500 set search_path = pg_catalog, pg_temp as $$
declare
  letters text[] := string_to_array(lower(words), null);
  pairs text[] := '{}';
begin
  for place in 2 .. cardinality(letters) loop
    pairs := pairs || (letters[place - 1] || letters[place]);
  end loop;
  return pairs;
end $$;
