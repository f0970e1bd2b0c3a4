-- A case and its first step in one go. Numbers are drawn, not counted, so two may meet: then nothing is written and no
-- row comes back, and whoever calls draws again. The rights are those of the caller; who holds the token of a new case
-- may add it and read it back. An empty token changes nothing about who that is.
create function cases_begin(token text, begun jsonb, step jsonb) returns table (case_id bigint, step_id bigint)
  language plpgsql set search_path = pg_catalog, public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  if token <> '' then
    perform set_config('wg.bearer', token, true);
  end if;
  insert into cases_case select r.* from jsonb_populate_record(null::cases_case,
      begun || jsonb_build_object('id', nextval('cases_case_id_seq'))) r
    on conflict (number) do nothing returning id into case_id;
  if found then
    insert into cases_step select r.* from jsonb_populate_record(null::cases_step,
        step || jsonb_build_object('id', nextval('cases_step_id_seq'), 'case_id', case_id)) r
      returning id into step_id;
    return next;
  end if;
end $$;

drop function cases_free_number(text[]);
