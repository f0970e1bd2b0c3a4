-- The first belonging of an area is written with it; the trees of the past are asked by day.
create function places_belong() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into places_belonging (child_id, parent_id, valid_from, valid_to)
  values (new.id, new.parent_id, new.valid_from, new.valid_to);
  return new;
end $$;
create trigger belonging after insert on places_area for each row execute function places_belong();

insert into places_belonging (child_id, parent_id, valid_from, valid_to)
select id, parent_id, valid_from, valid_to from places_area;

-- Every area with all that it lay in on a day, itself included: the tree in force then.
create function places_tree(day date) returns table (ancestor_id bigint, descendant_id bigint)
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  with recursive inside as (
    select b.child_id as ancestor_id, b.child_id as descendant_id from places_belonging b
     where b.valid_from <= day and (b.valid_to is null or b.valid_to > day)
     union
    select b.parent_id, i.descendant_id from inside i join places_belonging b on b.child_id = i.ancestor_id
     where b.parent_id is not null and b.valid_from <= day and (b.valid_to is null or b.valid_to > day))
  select ancestor_id, descendant_id from inside
$$;
