-- The receipt of a request, after waiting for whoever works on the same request. Row security holds: one's own only.
create function wg_receipt(of_account bigint, of_key text) returns table (body_digest bytea, answer jsonb)
  language plpgsql volatile set search_path = pg_catalog, public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(of_account || '|' || of_key, 0));
  return query select r.body_digest, r.answer from access_receipt r where r.account_id = of_account and r.key = of_key;
end $$;
