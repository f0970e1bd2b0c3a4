-- Notes that something changed in an area at a moment, if the day of that moment is counted already.
create function insight_note(at timestamptz, area bigint) returns void
  language sql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  insert into insight_mark (day, area_id)
  select d.day, area from (select day, ends_at from insight_countedday where begins_at <= at
                            order by begins_at desc limit 1) d where at < d.ends_at
$$;

-- A report is noted when it comes in late; a case when it changes what its days count: its report, its end, its area.
create function insight_case_changed() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from insight_countedday) then -- nothing is counted yet, as while a city is loaded
    return null;
  end if;
  perform insight_note(new.reported_at, new.area_id), insight_note(new.done_at, new.area_id);
  if tg_op = 'UPDATE' then
    perform insight_note(old.done_at, old.area_id);
    if old.area_id <> new.area_id or old.reported_at <> new.reported_at then
      perform insight_note(old.reported_at, old.area_id);
    end if;
    if old.area_id <> new.area_id or (old.state = 'voided') <> (new.state = 'voided') then
      perform insight_note(s.at, a.area) from cases_step s cross join (values (old.area_id), (new.area_id)) a (area)
        where s.case_id = new.id and s.verb = 'pass_check';
    end if;
  end if;
  return null;
end $$;
create trigger insight after insert on cases_case for each row execute function insight_case_changed();
create trigger insight_later after update on cases_case for each row
  when ((old.area_id, old.reported_at, old.dispatched_at, old.done_at, old.state in ('voided', 'not_accepted'))
        is distinct from
        (new.area_id, new.reported_at, new.dispatched_at, new.done_at, new.state in ('voided', 'not_accepted')))
  execute function insight_case_changed();

-- Asking anew takes the case off the day of the earlier asking; an answer counts on the day of the asking.
create function insight_answer_changed() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from insight_countedday) then
    return null;
  end if;
  perform insight_note(s.at, c.area_id) from cases_step s join cases_case c on c.id = s.case_id
    where s.case_id = new.case_id and s.verb = 'pass_check';
  return null;
end $$;
create trigger insight after insert on cases_step for each row
  when (new.verb in ('pass_check', 'rate_solved', 'rate_partly', 'rate_unsolved'))
  execute function insight_answer_changed();

-- An area that moves changes what lay in which from that day on: these days are counted again.
create function insight_area_moved() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if exists (select from places_belonging b where b.child_id = new.child_id and b.id <> new.id) then
    update insight_countedday set ready = false, xid = pg_current_xact_id()::text::bigint
     where day >= new.valid_from;
  end if;
  return null;
end $$;
create trigger insight after insert or update on places_belonging for each row execute function insight_area_moved();
