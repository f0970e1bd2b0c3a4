"""The stamp of every entry keeps its plan."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("ledger", "0003_stamp"),)
    operations = (migrations.RunSQL("alter function ledger_stamp() set plan_cache_mode = force_generic_plan"),)
