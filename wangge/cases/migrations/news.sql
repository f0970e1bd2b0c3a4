-- What an open page asks every two seconds, in one question and its own transaction: nothing when the session ended.
create function cases_news(secret text, since bigint, most integer) returns table (newest bigint, numbers text[])
  language plpgsql volatile set search_path = pg_catalog, public, pg_temp as $$
begin
  perform wg_enter(secret, '');
  if not found then
    return;
  end if;
  return query select pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
    array(select c.number::text from cases_case c where c.changed_xid >= since order by c.changed_xid limit most);
end $$;
