"""What waits, in the order it is due: the first page of every desk."""

from django.db import migrations, models

OPEN = (
    "reported", "verifying", "accepted", "filed", "returned", "reopened", "dispatched", "in_progress", "extension",
    "suspended", "handled", "checking", "rework", "revisiting",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = (("cases", "0011_verbs"),)
    operations = (
        migrations.AddIndex(
            "case",
            models.Index(fields=["due_at", "id"], name="cases_open_due", condition=models.Q(state__in=list(OPEN))),
        ),
    )
