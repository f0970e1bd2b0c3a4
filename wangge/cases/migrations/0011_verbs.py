"""The verbs of a step are asked of the table of moves: a new verb changes no table."""

from django.db import migrations, models

from wangge.cases.models import verbs


class Migration(migrations.Migration):
    dependencies = (("cases", "0010_latest"),)
    operations = (migrations.AlterField("step", "verb", models.CharField(max_length=20, choices=verbs)),)
