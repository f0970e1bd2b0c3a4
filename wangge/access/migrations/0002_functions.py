"""The functions that row-level security asks: who acts, where, for whom."""

from pathlib import Path

from django.db import migrations

from wangge.access.rls import guard

MINE = "account_id = (select wg_actor())"


class Migration(migrations.Migration):
    dependencies = (("access", "0001_initial"),)
    operations = (
        migrations.RunSQL(Path(__file__).with_name("functions.sql").read_text(encoding="utf-8")),
        migrations.RunSQL("alter table access_post alter column valid_from set default now()"),
        migrations.RunSQL("alter table access_post enable row level security"),
        migrations.RunSQL(
            "create policy access_post_read on access_post for select to wg_app using (true);"
            "create policy access_post_insert on access_post for insert to wg_app"
            "  with check (wg_has_role('system') or wg_may_post(account_id, role, area_id));"
            "create policy access_post_update on access_post for update to wg_app using (true)"
            "  with check (wg_has_role('system') or wg_may_post(account_id, role, area_id))"
        ),
        guard("access_receipt", read=MINE, insert=MINE, update=MINE),
        migrations.RunSQL(
            "create policy access_receipt_delete on access_receipt for delete to wg_app"
            " using ((select wg_has_role('system')));"
            "create policy access_receipt_tidy on access_receipt for select to wg_app"
            " using ((select wg_has_role('system')))"
        ),
    )
