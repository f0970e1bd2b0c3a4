"""Who sees devices; the directory of organisations is open inside the house."""

from django.db import migrations

from wangge.access.rls import guard

SYSTEM = "(select wg_has_role('system'))"
BY_BEARER = "secret_digest = (select wg_bearer()) or offer_digest = (select wg_bearer())"
TEAM = (
    "(select wg_has_role('secretary')) or (select wg_has_role('town_staff')) or (select wg_has_role('security_admin'))"
)
MINE = f"account_id = (select wg_actor()) or {BY_BEARER} or (area_id = any ((select wg_areas())::int[]) and ({TEAM}))"


class Migration(migrations.Migration):
    dependencies = (("teams", "0001_initial"), ("access", "0002_functions"))
    operations = (
        guard("teams_organisation", read="true", insert=SYSTEM, update=SYSTEM),
        guard(
            "teams_device", read=MINE, insert=f"area_id = any ((select wg_areas())::int[]) and ({TEAM})", update=MINE
        ),
    )
