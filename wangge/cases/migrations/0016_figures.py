"""Figures ask what ended and who was asked on a day: an index for each."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("cases", "0014_counted"),)
    operations = (
        migrations.AddIndex(
            "case", models.Index(fields=["done_at"], name="cases_done", condition=models.Q(done_at__isnull=False))
        ),
        migrations.AddIndex(
            "step", models.Index(fields=["at"], name="cases_step_asked", condition=models.Q(verb="pass_check"))
        ),
    )
