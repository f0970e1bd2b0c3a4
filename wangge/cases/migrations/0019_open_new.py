"""What waits, the newest first: the list of everything, by the colour of the clock."""

from django.db import migrations, models

OPEN = (
    "reported", "verifying", "accepted", "filed", "returned", "reopened", "dispatched", "in_progress", "extension",
    "suspended", "handled", "checking", "rework", "revisiting",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = (("cases", "0018_windows"),)
    operations = (
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["-reported_at", "-id"], name="cases_open_new", condition=models.Q(state__in=list(OPEN))
            ),
        ),
    )
