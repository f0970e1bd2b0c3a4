-- Read by the owner's function below, which decides by them: forced, they would be empty for it.
alter table exchange_import no force row level security;
alter table exchange_change no force row level security;

-- Was the record made by an import that is being given back now? Only then may it be removed.
create function exchange_made(of_table text, of_record bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from exchange_change c join exchange_import i on i.id = c.of_id
     where c."table" = of_table and c.record = of_record and c.made and c.undone = '' and i.state = 'undoing')
   and wg_importing()
$$;
