"""What is said of cells without keeping a row from being taken: of emptied ones, why nobody collects what they said."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("exchange", "0003_mine_at_once"),)
    operations = (migrations.AddField("row", "hints", models.JSONField(default=list)),)
