"""An entry is stamped by one look at the session: who, and for what."""

from django.db import migrations

STAMP = """
create or replace function ledger_stamp() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.id := nextval('ledger_entry_id');
  new.xid := pg_current_xact_id()::text::bigint;
  select s.account_id, coalesce(new.purpose, s.purpose) into new.actor_id, new.purpose from access_session s
   where s.token_digest = wg_digest(nullif(current_setting('wg.token', true), ''))
     and s.ended_at is null and s.ends_at > clock_timestamp();
  if not found then
    raise exception 'no open session in this transaction' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$
"""


class Migration(migrations.Migration):
    dependencies = (("ledger", "0002_book"),)
    operations = (migrations.RunSQL(STAMP),)
