"""Messages are seen by the system that sends them and by the teams of the area they are about."""

from django.db import migrations

from wangge.access.rls import guard

SEEN = "(select wg_has_role('system')) or area_id = any ((select wg_areas())::int[])"


class Migration(migrations.Migration):
    dependencies = (("delivery", "0001_initial"), ("access", "0002_functions"))
    operations = (guard("delivery_message", read=SEEN, insert="true", update=SEEN),)
