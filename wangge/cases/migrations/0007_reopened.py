"""A case that was solved on the spot may be opened again before anybody gave it a category."""

from django.db import migrations, models

WITHOUT = ["reported", "verifying", "not_accepted", "self_handled", "voided", "reopened"]


class Migration(migrations.Migration):
    dependencies = (("cases", "0006_news"),)
    operations = (
        migrations.RemoveConstraint(model_name="case", name="cases_case_accepted_has_category"),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                name="cases_case_accepted_has_category",
                condition=models.Q(state__in=WITHOUT) | models.Q(category__isnull=False),
            ),
        ),
    )
