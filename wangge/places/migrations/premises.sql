-- A class of a grid is the wording of the catalogue on that day, given to a general grid that is there; it ends once.
create function places_guard_class() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.set_by_id = wg_actor() and new.until is null
       and exists (select from places_grid g join places_area a on a.id = g.area_id
                    where g.area_id = new.grid_id and g.kind = 'general_grid' and a.valid_to is null)
       and (new.care = '' or exists (select from catalogue_version v
                    where v.id = new.version_id and v.kind = 'care' and v.code = new.care)) then
      return new;
    end if;
  elsif old.until is null and new.until is not null then
    return new;
  end if;
  raise exception 'a class is given to a general grid by name, in words of the catalogue, and ends once'
    using errcode = 'insufficient_privilege';
end $$;
create trigger guard before insert or update on places_gridclass for each row execute function places_guard_class();

-- What was drafted stays as it was drafted; the house adds the grid and its number on the date.
create function places_guard_dedicated() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if old.grid_id is not null and (old.grid_id, old.number) is distinct from (new.grid_id, new.number)
     or old.grid_id is null and (new.grid_id is not null or new.number <> old.number)
        and not wg_has_role('system') then
    raise exception 'a dedicated grid stays as it was drafted' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger guard before update on places_dedicated for each row execute function places_guard_dedicated();

-- The public card of a dedicated grid names its manager.
create policy places_grid_owner on places_grid for select to wg_owner using (true);
create policy places_grid_card on places_grid for update to wg_owner
  using (kind = 'dedicated_grid') with check (kind = 'dedicated_grid');
create function places_manager_card() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update places_grid set worker_name = new.manager, worker_phone = new.phone, card_valid_from = new.managed_since
   where area_id = new.grid_id and kind = 'dedicated_grid';
  return new;
end $$;
create trigger card after update on places_dedicated
  for each row when (new.grid_id is not null) execute function places_manager_card();
