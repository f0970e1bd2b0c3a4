"""Who sees a case: the teams of its area, its handling unit, and who holds its tracking token."""

from django.db import migrations

from wangge.access.rls import IN_MY_AREAS, guard

SEEN = f"{IN_MY_AREAS} or lead_id = any ((select wg_organisations())::int[]) or tracking_digest = (select wg_bearer())"
OF_A_SEEN_CASE = "exists (select from cases_case c where c.id = case_id)"
REACHES_REPORTERS = (
    "case_id in (select c.id from cases_case c where c.area_id = any ((select wg_areas())::int[]))"
    " and ((select wg_has_role('acceptor')) or (select wg_has_role('checker')) or (select wg_has_role('duty_chief'))"
    " or (select wg_has_role('system')))"
)
TOUCH = """
create function cases_touch() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  new.changed_xid := pg_current_xact_id()::text::bigint;
  return new;
end $$;
create trigger touch before insert or update on cases_case for each row execute function cases_touch();
"""


class Migration(migrations.Migration):
    dependencies = (("cases", "0001_initial"), ("access", "0002_functions"))
    operations = (
        migrations.RunSQL(TOUCH),
        migrations.RunSQL("create index cases_text_trgm on cases_case using gin ((text || ' ' || place) gin_trgm_ops)"),
        guard("cases_case", read=SEEN, insert=SEEN, update=SEEN),
        guard("cases_step", read=OF_A_SEEN_CASE, insert=OF_A_SEEN_CASE, update=OF_A_SEEN_CASE),
        guard("cases_photo", read=OF_A_SEEN_CASE, insert=OF_A_SEEN_CASE),
        guard("cases_contact", read=REACHES_REPORTERS, insert=OF_A_SEEN_CASE),
    )
